// Pawl's side of pictures.mjs.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { data } from "../../dist/index.js";

const [folder, count, workers, kind] = process.argv.slice(2);
const files = readdirSync(folder)
  .sort()
  .flatMap((name, label) => readdirSync(join(folder, name)).map((file) => ({ file: join(folder, name, file), label })));

const batches = data
  .records(files)
  .shuffle()
  .map({ module: new URL("./prepare.mjs", import.meta.url), export: kind, keeps: false }, { workers: Number(workers) })
  .batch(32)
  .prefetch(2);

let pass = 0;
/** Milliseconds for as many pictures as were asked for. */
async function turn() {
  const stream = batches.open({ batchSize: 32, shuffle: false, seed: 1, pass: pass++ });
  const start = performance.now();
  let rows = 0;
  while (rows < Number(count)) {
    const batch = await stream.next();
    stream.prepare();
    if (batch.x[0].shape[1] !== 160) throw new Error(`no pictures: ${batch.x[0].shape}`);
    rows += batch.rows;
    stream.recycle(batch);
  }
  const ms = performance.now() - start;
  await stream.close();
  return rows / (ms / 1000);
}

for await (const _line of createInterface({ input: process.stdin })) console.log(await turn());
