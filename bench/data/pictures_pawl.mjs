// Pawl's side of pictures.mjs.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { data } from "../../dist/index.js";

const [folder, count, workers] = process.argv.slice(2);
const files = readdirSync(folder)
  .sort()
  .flatMap((name, label) => readdirSync(join(folder, name)).map((file) => ({ file: join(folder, name, file), label })));

const batches = data
  .records(files)
  .shuffle()
  .map(
    async ({ file, label }, { random }) => {
      const { default: sharp } = await import("sharp");
      const size = { left: random.integer(0, 21), top: random.integer(0, 21), width: 160, height: 160 };
      const resized = sharp(file, { sequentialRead: true })
        .resize(180, 180, { fit: "fill", kernel: "linear" })
        .extract(size);
      const flipped = random.chance() ? resized.flop() : resized;
      const pixels = await flipped.raw().toBuffer();
      const light = random.uniform(-0.1, 0.1);
      const image = new Float32Array(pixels.length);
      for (let i = 0; i < pixels.length; i++) {
        const value = pixels[i] / 255 + light;
        image[i] = Math.max(0, Math.min(1, value));
      }
      return { x: { data: image, shape: [160, 160, 3], dtype: "float32" }, y: label };
    },
    { workers: Number(workers) },
  )
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
  }
  const ms = performance.now() - start;
  await stream.close();
  return rows / (ms / 1000);
}

for await (const _line of createInterface({ input: process.stdin })) console.log(await turn());
