declare module 'bootstrap-italia/dist/plugins/navbar-collapsible.js' {
  const plugin: { getOrCreateInstance(element: Element): { hide(): void; dispose(): void } };
  export default plugin;
}
