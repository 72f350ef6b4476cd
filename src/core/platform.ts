/** Whether this is Node or something like it (Bun, Deno, Electron), and not a browser. */
export function isNode(): boolean {
  return (globalThis as { readonly process?: NodeJS.Process }).process?.versions?.node !== undefined;
}
