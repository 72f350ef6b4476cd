// Times `fit` per step, Pawl beside Keras (JAX, TensorFlow) and TensorFlow.js, in turns on this machine, and writes the
// README's table. Usage: npm run bench [-- --rounds 7] [-- --dry]
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { workloads } from "./protocol.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, dry: { type: "boolean", default: false } },
});
const here = import.meta.dirname;
const root = join(here, "..");
const must = (command, args, cwd = root) => {
  if (spawnSync(command, args, { cwd, stdio: "inherit" }).status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed`);
};

must(process.execPath, ["scripts/build.mjs"]);
must("bash", ["interop/setup.sh"]);
if (!existsSync(join(here, "node_modules"))) must("npm", ["install", "--no-audit", "--no-fund"], here);

const python = join(root, "interop/.venv/bin/python");
const contenders = [
  { name: "Pawl", command: process.execPath, args: [join(here, "pawl.mjs")] },
  { name: "Keras (JAX)", command: python, args: [join(here, "keras_worker.py")], env: { KERAS_BACKEND: "jax" } },
  {
    name: "Keras (TensorFlow)",
    command: python,
    args: [join(here, "keras_worker.py")],
    env: { KERAS_BACKEND: "tensorflow" },
  },
  { name: "TensorFlow.js", command: process.execPath, args: [join(here, "tfjs.mjs")] },
];

async function start({ name, command, args, env }) {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", process.env.BENCH_DEBUG ? "inherit" : "ignore"],
    env: { ...process.env, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended without an answer; BENCH_DEBUG=1 shows what it says`);
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const { versions } = await next();
  return {
    name,
    versions,
    stop: () => child.kill(),
    ask: (workload) => {
      child.stdin.write(`${workload}\n`);
      return next();
    },
  };
}

const running = [];
for (const contender of contenders) running.push(await start(contender));

const best = {};
for (let round = 0; round < Number(options.rounds); round++) {
  for (const workload of Object.keys(workloads)) {
    for (const { name, ask } of running) {
      if (name === "TensorFlow.js" && round >= 2) continue; // a minute a round, for a figure nobody waits for
      const { ms, error } = await ask(workload);
      const cell = ((best[workload] ??= {})[name] ??= { ms: Number.POSITIVE_INFINITY, error });
      if (ms !== undefined) cell.ms = Math.min(cell.ms, ms);
      if (round === 0) process.stderr.write(`${workload} ${name}: ${error ?? `${ms.toFixed(3)} ms`}\n`);
    }
  }
}
for (const { stop } of running) stop();

const names = running.map(({ name }) => name);
const show = (cell) => (Number.isFinite(cell.ms) ? cell.ms.toPrecision(3) : "cannot");
const rows = Object.entries(best).map(([workload, cells]) => {
  const keras = Math.min(cells["Keras (JAX)"].ms, cells["Keras (TensorFlow)"].ms);
  const ratio = keras / cells["Pawl"].ms;
  return `| ${workloads[workload].title} | ${names.map((name) => show(cells[name])).join(" | ")} | ${ratio.toFixed(2)} |`;
});
const versions = Object.entries(Object.assign({}, ...running.map(({ versions }) => versions)));
const table = [
  `| ms a step of \`fit\`, best of ${options.rounds} rounds in turns | ${names.join(" | ")} | best Keras / Pawl |`,
  `|---|${names.map(() => "---:|").join("")}---:|`,
  ...rows,
  "",
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench\` on ${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.versions.node}, ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
].join("\n");

console.log(table);
if (!options.dry) {
  const readme = join(root, "README.md");
  const text = readFileSync(readme, "utf8");
  const replaced = text.replace(
    /(<!-- bench -->)[\s\S]*?(<!-- \/bench -->)/,
    (_, open, close) => `${open}\n${table}\n${close}`,
  );
  if (replaced === text && !text.includes(table))
    throw new Error("README.md has no <!-- bench --> … <!-- /bench --> section");
  writeFileSync(readme, replaced);
}
