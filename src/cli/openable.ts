import { spawn } from "node:child_process";

/** Why each of these files cannot become a model of this Pawl; null for those that can. */
export type Openable = ReadonlyMap<string, string | null>;

/** The library beside this command, in a process of its own: a check of files stays small, and survives what they do. */
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

/** Makes the model of each file, as `loadModel` does without any options. */
export async function tryToOpen(paths: readonly string[]): Promise<Openable> {
  const result = new Map<string, string | null>();
  let left = [...paths];
  while (left.length > 0) {
    for (const [path, why] of await opened(left)) result.set(path, why);
    const [next] = left.filter((path) => !result.has(path));
    // A process that ended early did so at the first file that it says nothing about.
    if (next !== undefined) result.set(next, "the process that tried to ended: it may need more memory than there is");
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
  await new Promise((resolve) => child.once("close", resolve));
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as [string, string | null]);
}
