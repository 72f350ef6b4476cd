// How long it takes to look at many runs, and at long ones: node --expose-gc bench/record/run.mjs [--runs 10000] [--long 100] [--points 100000]
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRuns } from "./make-runs.mjs";
import { loadReader } from "./reader.mjs";

const flag = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const { RecordReader, RunIndex, nodeVfs, readRuns, thin } = await loadReader();
const folder = mkdtempSync(join(tmpdir(), "pawl-bench-runs-"));
const files = nodeVfs();

async function timed(what, work) {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const cells = [ms, (user + system) / 1000, process.memoryUsage().rss / 2 ** 20].map((each) =>
    each.toFixed(0).padStart(7),
  );
  console.log(`${what.padEnd(55)} ${cells[0]} ms ${cells[1]} ms of CPU ${cells[2]} MB`);
  return result;
}

try {
  const runs = flag("runs", 10_000);
  if (runs > 0) {
    const many = join(folder, "many");
    makeRuns(many, { runs });
    await timed(`${runs} runs x 20 metrics, first look`, () => readRuns(files, many));
    await timed("second look of a new process's kind (index read)", () => readRuns(files, many));
    const index = new RunIndex(files, many);
    await timed("a third", () => index.look());
    await timed("a look again of the same index", () => index.look());
    appendFileSync(
      join(many, "run-00003/log.jsonl"),
      `${JSON.stringify({ event: "warning", time: 1, step: 3, text: "x" })}\n`,
    );
    await timed("one run has grown", () => index.look());
  }
  const long = flag("long", 100);
  const points = flag("points", 100_000);
  if (long > 0) {
    const few = join(folder, "few");
    makeRuns(few, { runs: long, epochs: 10, metrics: 6, batches: points });
    const first = join(few, "run-00000");
    const reader = new RecordReader(files, first);
    await timed(`one record of ${points} points`, () => reader.update());
    await timed("the same again", () => reader.update());
    const index = new RunIndex(files, few);
    const all = await timed(`${long} runs x ${points} points, first look`, () => index.look());
    await timed("second look", () => index.look());
    // As a new process would.
    const curves = async (keys) => {
      const index = new RunIndex(files, few);
      for (const { path } of all) {
        const { x, columns } = await index.curves(path, "batches", keys);
        for (const key of keys) thin(x, columns.get(key), 1000);
      }
    };
    await timed("a curve of each, in 1000 buckets", () => curves(["loss"]));
    await timed("six curves of each", () =>
      curves(["loss", "val_loss", "metric_2", "metric_3", "metric_4", "metric_5"]),
    );
    const again = new RunIndex(files, few);
    await timed("a new index", () => again.look());
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
