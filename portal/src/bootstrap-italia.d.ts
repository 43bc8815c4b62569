/** The one plugin of Bootstrap Italia in use, which comes without types. */
declare module 'bootstrap-italia/dist/plugins/navbar-collapsible.js' {
  const plugin: { getOrCreateInstance(element: Element): { hide(): void; dispose(): void } };
  export default plugin;
}
