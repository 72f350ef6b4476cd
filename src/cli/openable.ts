import { spawn } from "node:child_process";

/** The result of trying to open a file's model; `opens` is null when it could not be tried. */
export interface Tried {
  readonly opens: boolean | null;
  /** Why it does not open, or was not tried; null when it opens. */
  readonly whyNot: string | null;
}

export type Openable = ReadonlyMap<string, Tried>;

/** The library, to load in a separate process: the check itself stays small, and survives a file that ends it. */
const LIBRARY = new URL("./index.js", import.meta.url);

const PROGRAM = `
console.warn = () => {};
const { loadModel } = await import(${JSON.stringify(LIBRARY.href)});
for (const path of JSON.parse(process.argv[1])) {
  let why = null;
  try { await loadModel(path); } catch (error) { why = String(error?.message ?? error); }
  process.stdout.write(JSON.stringify([path, why]) + "\\n");
}
process.exit(0);
`;

/** Tries to open each file as `loadModel` does without options. */
export async function tryToOpen(paths: readonly string[]): Promise<Openable> {
  const result = new Map<string, Tried>();
  let left = [...paths];
  while (left.length > 0) {
    let answers: [string, string | null][];
    try {
      answers = await opened(left);
    } catch (error) {
      const whyNot = `not tried, for no process could be started: ${(error as Error).message}`;
      for (const path of left) result.set(path, { opens: null, whyNot });
      return result;
    }
    for (const [path, whyNot] of answers) result.set(path, { opens: whyNot === null, whyNot });
    const [next] = left.filter((path) => !result.has(path));
    // A process that ended early did so at the first file without a result.
    if (next !== undefined) {
      const whyNot = "the process that tried to ended: it may need more memory than there is";
      result.set(next, { opens: false, whyNot });
    }
    left = left.filter((path) => !result.has(path));
  }
  return result;
}

async function opened(paths: readonly string[]): Promise<[string, string | null][]> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM, JSON.stringify(paths)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as [string, string | null]);
}
