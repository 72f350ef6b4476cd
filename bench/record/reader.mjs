// The reader of records as one module, made from the source: the library does not export it.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../..");

export async function loadReader() {
  const bundle = await rolldown({
    input: join(root, "bench/record/reader-entry.ts"),
    platform: "node",
    logLevel: "silent",
  });
  const file = join(root, ".cache/bench/reader.mjs");
  await bundle.write({ file, format: "esm", codeSplitting: false });
  return import(pathToFileURL(file).href);
}
