import type { Vfs } from "../../core/vfs.js";
import { openCacheFile, writeCacheFile } from "../records/cache-file.js";
import { dataIdentity } from "../records/identity.js";
import type { RecordSource } from "../records/source.js";
import { fromSource } from "./from-source.js";
import { after, numberedStep, type Step } from "./step.js";

/** What is read from a cache needs none of what made it; records in memory are handed out again. */
const kept: Pick<Step<unknown>, "owned" | "runs" | "leftOut"> = { owned: false, runs: 1, leftOut: [] };

/** How many records are read at once. */
const READ = 256;

/** All records of the first pass, read now and kept in memory. */
export async function cacheInMemory<R extends object>(from: Step<R>): Promise<Step<R>> {
  const records: R[] = [];
  for await (const run of runsOf(from)) for (const record of run) records.push(record);
  return numberedStep({
    ...after(from, "cache()"),
    ...kept,
    length: records.length,
    access: () => ({
      read: (indexes) => Array.from(indexes, (index) => ({ ...records[index]! })),
      name: (index) => `record ${index} of ${from.described}.cache()`,
    }),
  });
}

/** The same in a file, which is made once and used as long as it is of the same data and steps. */
export async function cacheInFile<R extends object>(from: Step<R>, path: string, files: Vfs): Promise<Step<R>> {
  // A function that was changed makes other records under the same name.
  const functions = await Promise.all(from.functions.map((text) => text()));
  const identity = JSON.stringify([await dataIdentity(from.described, from.sources), functions]);
  let source = await openCacheFile<R>(files, path, identity);
  if (source === null) {
    await writeCacheFile(files, path, identity, runsOf(from));
    source = await openCacheFile<R>(files, path, identity);
  }
  const said = after(from, "cache()");
  return { ...fromSource(source as RecordSource<R>, said.described), ...said, ...kept };
}

async function* runsOf<R>(from: Step<R>): AsyncGenerator<readonly R[], undefined> {
  const cursor = from.open({ seed: 0, epoch: 0 }, null);
  try {
    for (let run = await cursor.next(READ); run !== null; run = await cursor.next(READ)) yield run.records;
  } finally {
    await cursor.close();
  }
  return undefined;
}
