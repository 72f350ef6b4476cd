// Rows a second of a CSV file and of lines of JSON, in batches of 256: Pawl beside tf.data (CSV) and, where bench/.venv has
// it, pandas (read whole, then cut into batches), in turns of one run. The first reading of a process counts, with opening.
// node bench/data/csv.mjs [--rows 1000000] [--rounds 4] [--folder FOLDER]
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "4" },
    folder: { type: "string", default: join(tmpdir(), "pawl-bench-csv") },
  },
});
const rows = Number(values.rows);
const here = import.meta.dirname;
const COLUMNS = Array.from({ length: 9 }, (_, i) => `x${i}`);
const paths = Object.fromEntries(["csv", "jsonl"].map((kind) => [kind, join(values.folder, `${rows}.${kind}`)]));

/** Nine numbers of some digits and a label. */
async function make(kind) {
  const path = paths[kind];
  if (existsSync(path)) return;
  mkdirSync(values.folder, { recursive: true });
  const file = createWriteStream(`${path}.part`);
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  if (kind === "csv") file.write(`${[...COLUMNS, "y"].join(",")}\n`);
  for (let i = 0; i < rows; i++) {
    const numbers = COLUMNS.map((_, k) =>
      k % 3 === 0 ? Math.floor(next() * 1000) : Number((next() * 100).toFixed(4)),
    );
    const y = i % 2;
    const line =
      kind === "csv"
        ? [...numbers, y].join(",")
        : JSON.stringify({ ...Object.fromEntries(COLUMNS.map((name, k) => [name, numbers[k]])), y });
    if (!file.write(`${line}\n`)) await once(file, "drain");
  }
  await once(file.end(), "finish");
  renameSync(`${path}.part`, path);
}

/** One reading, in the process of its own that `PAWL` turns run in. */
async function pawl(kind) {
  const { data } = await import("../../dist/index.js");
  const start = performance.now();
  const records = await (kind === "csv" ? data.csv(paths.csv) : data.jsonLines(paths.jsonl));
  const stream = records.batch(256, { x: COLUMNS, y: "y" }).open({ batchSize: 256, shuffle: false, seed: 0, pass: 0 });
  let seen = 0;
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
    seen += batch.rows;
    stream.prepare?.();
    stream.recycle?.(batch);
  }
  if (seen !== rows) throw new Error(`${seen} rows instead of ${rows}`);
  return rows / ((performance.now() - start) / 1000);
}

if (positionals[0] !== undefined) {
  console.log(await pawl(positionals[0]));
} else {
  for (const kind of Object.keys(paths)) await make(kind);
  const own = [process.execPath, [import.meta.filename, "--rows", values.rows, "--folder", values.folder]];
  const [tf, torch] = ["../../interop/.venv", "../.venv"].map((folder) => join(here, folder, "bin/python"));
  const py = (python, what, kind) => [python, [join(here, "csv_others.py"), what, paths[kind], values.rows]];
  const sides = {
    "CSV: Pawl": [own[0], [...own[1], "csv"]],
    "CSV: tf.data": py(tf, "tf", "csv"),
    ...(existsSync(torch) && { "CSV: pandas": py(torch, "pandas", "csv") }),
    "JSON lines: Pawl": [own[0], [...own[1], "jsonl"]],
    ...(existsSync(torch) && { "JSON lines: pandas": py(torch, "pandas-json", "jsonl") }),
  };
  const found = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    const turns = Object.entries(sides);
    for (const [name, [command, args]] of round % 2 === 0 ? turns : turns.toReversed()) {
      const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`${name}: ${stderr.slice(-500)}`);
      found[name].push(Number(stdout.trim().split("\n").at(-1)));
    }
  }
  for (const [name, rates] of Object.entries(found)) {
    const sorted = rates.toSorted((a, b) => b - a);
    console.log(
      `${name}: ${sorted[0].toFixed(0)} rows a second at best, ${sorted[sorted.length >> 1].toFixed(0)} in the middle`,
    );
  }
}
