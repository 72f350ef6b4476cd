/** Whether this is Node or compatible (Bun, Deno, Electron), not a browser. */
export function isNode(): boolean {
  return (globalThis as { readonly process?: NodeJS.Process }).process?.versions?.node !== undefined;
}
