/** What the environment variable PAWL_PROFILE asks for. */
export interface Profiling {
  /** The file that a trace is written to; null: the text on stderr alone. */
  readonly trace: string | null;
}

/** `PAWL_PROFILE=1` prints where steps spend their time; a path that ends in `.json` names a file for a trace too. */
export const profiling: Profiling | null = asked();

function asked(): Profiling | null {
  const node = (globalThis as { readonly process?: NodeJS.Process }).process;
  const value = node?.versions?.node === undefined ? undefined : node.env["PAWL_PROFILE"];
  if (value === undefined || value === "" || value === "0") return null;
  return { trace: value.endsWith(".json") ? value : null };
}
