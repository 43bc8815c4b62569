import { defineConfig } from "vite";

export default defineConfig({
  logLevel: "warn",
  base: "./", // the page is served at /graphiql/, maybe below a prefix
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the page's policy allows files of its own, not data: URLs
    chunkSizeWarningLimit: 4096, // the editor is one large piece
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" lines of React libraries mean nothing here, and there are hundreds of them
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  worker: { format: "es" },
  plugins: [fontsAsFiles()],
});

// GraphiQL's style sheet carries its fonts as data: URLs, which `font-src 'self'` refuses: write them out as files.
function fontsAsFiles() {
  const font = /url\((["']?)data:(?:font\/|application\/(?:x-)?font-?)([a-z0-9-]+)(?:;charset=[^;,]+)?;base64,([A-Za-z0-9+/=]+)\1\)/g;
  return {
    name: "fonts-as-files",
    enforce: "pre",
    transform: {
      filter: { id: /\.css$/ },
      handler(css) {
        if (this.environment.mode !== "build") return null;
        const code = css.replace(font, (_, _quote, kind, data) => {
          const id = this.emitFile({ type: "asset", name: `font.${kind}`, source: Buffer.from(data, "base64") });
          return `url(__VITE_ASSET__${id}__)`;
        });
        return { code, map: null };
      },
    },
  };
}
