// Parquet larger than memory: what reading it in order and shuffled by blocks costs, in records and memory, and going to
// the end. `node bench/data/parquet.mjs 20` makes 20 GB in FOLDER (or the system's folder for such things) and keeps them.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileWriter, parquetWrite } from "hyparquet-writer";

const GROUP = 32768;
const GROUPS = 32;
const BATCH = 256;
const [gigabytes = "1", mode, seconds = "6"] = process.argv.slice(2);
const folder = join(process.env.FOLDER ?? tmpdir(), "pawl-bench-parquet");

/** 16 columns, as tables of events have them; every second one may have missing values. */
function groupOf(first) {
  let state = first + 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const column = (make) => Array.from({ length: GROUP }, (_, i) => make(i));
  const columns = [{ name: "id", data: column((i) => BigInt(first + i)), type: "INT64", nullable: false }];
  for (let k = 0; k < 10; k++) {
    columns.push({ name: `x${k}`, data: column(() => next() * 100), type: "DOUBLE", nullable: k % 2 === 1 });
  }
  for (let k = 0; k < 3; k++) {
    columns.push({ name: `n${k}`, data: column(() => Math.floor(next() * 1e6)), type: "INT32", nullable: k === 1 });
  }
  columns.push({ name: "city", data: column(() => `city ${Math.floor(next() * 500)}`), type: "STRING" });
  columns.push({ name: "y", data: column(() => next() < 0.3), type: "BOOLEAN", nullable: false });
  return columns;
}

async function make(bytes) {
  mkdirSync(folder, { recursive: true });
  let have = 0;
  for (let i = 0; have < bytes; i++) {
    const path = join(folder, `part-${String(i).padStart(4, "0")}.parquet`);
    try {
      have += statSync(path).size;
      continue;
    } catch {
      // Not made yet.
    }
    const groups = Array.from({ length: GROUPS }, (_, k) => groupOf((i * GROUPS + k) * GROUP));
    const columnData = groups[0].map((column, c) => ({ ...column, data: groups.flatMap((group) => group[c].data) }));
    await parquetWrite({ writer: fileWriter(`${path}.part`), columnData, rowGroupSize: GROUP });
    renameSync(`${path}.part`, path);
    have += statSync(path).size;
  }
}

/** One measurement, in a process of its own. */
async function measure() {
  const { data } = await import("../../dist/index.js");
  const begin = performance.now();
  const records = await data.parquet(join(folder, "*.parquet"));
  const opening = performance.now() - begin;
  const source = mode === "shuffled" || mode === "end shuffled" ? records.shuffle() : records;
  const batches = source.batch(BATCH, { x: ["x0", "x1", "n0", "n1"], y: "x9" });
  const count = batches.batchesPerPass();
  const out = { opening, rows: records.length };
  if (mode.startsWith("end")) {
    // A block of this disk's speed, twice, as what is not counted.
    const order = { batchSize: BATCH, shuffle: false, seed: 1, state: null };
    const first = async (pass, from) => {
      const start = performance.now();
      const stream = batches.open({ ...order, pass, from });
      await stream.next();
      const time = performance.now() - start;
      await stream.close();
      return time;
    };
    await first(0, 0);
    out.begin = await first(1, Math.floor(count / 2));
    out.end = await first(2, count - 2);
  } else {
    const stream = batches.open({ batchSize: BATCH, shuffle: false, seed: 1, pass: 0, from: 0, state: null });
    // Without what the first blocks and the compiler take.
    for (let i = 0; i < (4 * GROUP) / BATCH; i++) await stream.next();
    const start = performance.now();
    const end = start + Number(seconds) * 1000;
    let rows = 0;
    while (performance.now() < end) {
      stream.prepare();
      const batch = await stream.next();
      if (batch === null) break;
      rows += batch.rows;
    }
    out.rate = rows / ((performance.now() - start) / 1000);
    await stream.close();
  }
  out.memory = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify(out));
}

if (mode === undefined) {
  if (Number(gigabytes) > 0) await make(Number(gigabytes) * 1e9);
  const run = (one) => {
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "0", one, seconds]);
    if (stdout.length === 0) throw new Error(String(stderr));
    return JSON.parse(stdout);
  };
  const rounds = Array.from({ length: 3 }, () => [run("in order"), run("shuffled")]);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const best = (k) => Math.max(...rounds.map((round) => round[k].rate));
  const most = Math.max(...rounds.flat().map(({ memory }) => memory));
  const [straight, shuffled] = [run("end"), run("end shuffled")];
  console.log(`${(bytes / 1e9).toFixed(2)} GB, ${rounds[0][0].rows} rows of 16 columns in row groups of ${GROUP}`);
  console.log(`opening: ${rounds[0][0].opening.toFixed(0)} ms`);
  console.log(
    `rows a second, best of 3: in order ${best(0).toFixed(0)}, shuffled ${best(1).toFixed(0)}, ${(best(1) / best(0)).toFixed(2)}`,
  );
  console.log(`memory at its highest: ${most.toFixed(0)} MB`);
  console.log(`first batch: in the middle ${straight.begin.toFixed(1)} ms, at the end ${straight.end.toFixed(1)} ms`);
  console.log(`the same shuffled (4 blocks): ${shuffled.begin.toFixed(1)} ms, ${shuffled.end.toFixed(1)} ms`);
  if (process.env.KEEP === undefined) rmSync(folder, { recursive: true });
} else await measure();
