// Measures `fit` over the models of models/, Pawl beside Keras on its backends, TensorFlow.js and jax-js, in turns on
// this machine; also memory, time to the first step, and files. Writes the README's tables and last.json.
//   npm run bench                    all of it, a quarter of an hour
//   npm run bench -- --only wgan,vae,dqn    these models: their rows are replaced, all other figures stay
//   npm run bench -- --wide          the same for every model there is beside Keras, most of which nobody tuned for: an hour;
//                                    writes the table of docs/speed.md
//   npm run bench -- --only mlp,lstm --rounds 9 --dry    nothing is written
//   npm run bench -- --check         compares with last.json and exits 1 if Pawl has become slower beside Keras
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contenders, start } from "./contenders.mjs";
import { definition, names as layered, moreNames, ownNames, wideNames } from "./protocol.mjs";
import { among, judge, MOST_FOR_OWN_STEP, merged, ownStepRatio, summarize, tables, wideTable } from "./tables.mjs";

const names = [...layered, ...ownNames];
const known = [...names, ...moreNames, ...wideNames];
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    wide: { type: "boolean", default: false },
    rounds: { type: "string", default: "7" },
    dry: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});
const only = options.only?.split(",") ?? (options.wide ? known : names);
const unknown = only.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`--only knows ${known.join(", ")}, not ${unknown.join(", ")}`);
const rounds = Number(options.rounds);
const here = import.meta.dirname;
const root = join(here, "..");
const must = (command, args, cwd = root) => {
  if (spawnSync(command, args, { cwd, stdio: "inherit" }).status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed`);
};
const say = (text) => process.stderr.write(`${text}\n`);

must(process.execPath, ["scripts/build.mjs"]);
must("bash", ["interop/setup.sh"]);
if (!existsSync(join(here, "node_modules"))) must("npm", ["ci", "--no-audit", "--no-fund"], here);

/** Threads go on spinning for a while after their work (OpenMP's for 200 ms), which would slow whoever comes next. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 500));

const versions = {};

/** Milliseconds a step of each round, and the memory of the process that did nothing else. */
async function measureModel(name) {
  const { own } = definition(name);
  const isForAll = !options.wide && layered.includes(name);
  const able = ({ name: who, isKeras }) => (own ? who === "Keras (JAX)" : isKeras || isForAll);
  const who = contenders.filter((contender) => contender.name === "Pawl" || able(contender));
  return measure(name, who, () => ({ model: name }));
}

/** The least milliseconds that this machine takes for a step, with all its cores; null for steps of one's own. */
function floorOf(name) {
  const { own, steps, batch } = definition(name);
  if (own) return null;
  const input = `${JSON.stringify({ do: "train", model: name, steps: Math.min(3, steps) })}\n`;
  const env = { ...process.env, PAWL_PROFILE: "1" };
  const { stderr } = spawnSync(process.execPath, [join(here, "pawl.mjs")], { input, env, encoding: "utf8" });
  const floor = new RegExp(`^pawl profile: train, ${batch} rows: .* floor ([\\d.]+) ms of one thread`, "m").exec(
    stderr,
  );
  if (floor === null) throw new Error(`no profile of ${name}: ${stderr.slice(0, 500)}`);
  return Number(floor[1]) / cpus().length;
}

/** The MLP with a training step of its own that does what `compile` does, beside the built-in one. */
function measureOwnStep() {
  const [pawl] = contenders;
  const sides = [
    { ...pawl, name: "built-in" },
    { ...pawl, name: "own", isOwn: true },
  ];
  return measure("mlp", sides, ({ isOwn }) => ({ model: "mlp", isOwn }));
}

/** `ask(contender)` is what each is asked for. */
async function measure(name, who, ask) {
  const { steps } = definition(name);
  const running = [];
  for (const contender of who) {
    const { share = 1 } = contender;
    const request = { do: "train", ...ask(contender), steps: Math.max(1, Math.round(steps * share)) };
    const child = await start(contender);
    Object.assign(versions, child.versions);
    const { ms, error } = await child.ask(request); // compiles, and warms up
    const cell = { times: contender.isSlow && error === undefined ? [ms] : [], error };
    if (error !== undefined) {
      say(`${name} ${contender.name}: cannot (${error.split("\n")[0].slice(0, 200)})`);
      await child.stop();
    }
    running.push({ contender, request, child, cell });
  }
  for (let round = 0; round < rounds; round++) {
    // Not always in the same order: whoever follows the one that leaves the warmest machine, or the coldest caches, differs.
    const turn = round % running.length;
    for (const { contender, request, child, cell } of [...running.slice(turn), ...running.slice(0, turn)]) {
      if (cell.error !== undefined || (contender.isSlow && round > 0)) continue;
      await rest();
      const { ms, error } = await child.ask(request);
      if (error !== undefined) throw new Error(`${contender.name} ran ${name} once only: ${error}`);
      cell.times.push(ms);
    }
  }
  const cells = {};
  for (const { contender, child, cell } of running) {
    cells[contender.name] = { ...summarize(cell.times), highest: cell.error === undefined ? child.highest() : null };
    if (cell.error === undefined) await child.stop();
  }
  say(
    `${name}: ${Object.entries(cells)
      .map(([who, { best }]) => `${who} ${best?.toPrecision(3) ?? "-"}`)
      .join(", ")}`,
  );
  return cells;
}

/** From the start of the process to the end of the first step of the seed model. */
async function measureStart(who) {
  const cells = {};
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    for (const contender of who) {
      const begin = performance.now();
      const child = await start(contender);
      const { error } = await child.ask({ do: "first", model: "seed" });
      const cell = (cells[contender.name] ??= { imports: [], firsts: [] });
      if (error === undefined) cell.firsts.push(performance.now() - begin);
      cell.imports.push(child.importMs);
      await child.stop();
    }
  }
  return Object.fromEntries(
    Object.entries(cells).map(([who, { imports, firsts }]) => [
      who,
      { import: summarize(imports), first: summarize(firsts) },
    ]),
  );
}

/** Saves and loads of the MLP with its optimizer. */
async function measureFiles() {
  const folder = mkdtempSync(join(tmpdir(), "pawl-bench-"));
  const cells = {};
  for (const contender of contenders.filter(({ name, isKeras }) => name === "Pawl" || isKeras)) {
    const child = await start(contender);
    for (const extension of ["keras", "h5"]) {
      const path = join(folder, `${contender.name.replace(/\W/g, "")}.${extension}`);
      const times = { save: [], load: [] };
      for (let round = 0; round <= rounds; round++) {
        for (const what of ["save", "load"]) {
          const { ms, error } = await child.ask({ do: what, model: "mlp", path });
          if (error !== undefined) throw new Error(`${contender.name} cannot ${what} .${extension}: ${error}`);
          if (round > 0) times[what].push(ms); // the first one warms up
        }
      }
      for (const what of ["save", "load"])
        (cells[`${what} .${extension}`] ??= {})[contender.name] = summarize(times[what]);
      cells[`save .${extension}`][contender.name].megabytes = statSync(path).size / 1e6;
    }
    await child.stop();
  }
  rmSync(folder, { recursive: true });
  return cells;
}

const lastFile = join(here, "last.json");
const wideFile = join(here, "wide.json");
const result = { date: new Date().toISOString().slice(0, 10), rounds, models: {} };
const machine = `${cpus().length} cores (${cpus()[0].model.trim()})`;
Object.assign(result, { machine, node: process.versions.node, versions });
for (const name of only) {
  result.models[name] = await measureModel(name);
  if (!options.wide) continue;
  result.models[name].Pawl.floor = floorOf(name);
  // An hour is long: what is measured is kept model by model.
  if (!options.dry) keepWide(merged(lastWide(), { ...result, models: { [name]: result.models[name] } }));
}
if (!options.wide && only.some((name) => ownNames.includes(name))) result.ownStep = await measureOwnStep();
const isWhole = !options.wide && names.every((name) => only.includes(name));
if (isWhole && !options.check) {
  result.start = await measureStart(contenders);
  result.files = await measureFiles();
}
console.log(options.wide ? wideTable(result) : tables(result));

/** Replaces what stands between two marks of a page. */
function write(page, mark, text) {
  const path = join(root, page);
  const old = readFileSync(path, "utf8");
  const section = new RegExp(`(<!-- ${mark} -->)[\\s\\S]*?(<!-- /${mark} -->)`);
  if (!section.test(old)) throw new Error(`${page} has no <!-- ${mark} --> … <!-- /${mark} --> section`);
  writeFileSync(
    path,
    old.replace(section, (_, open, close) => `${open}\n${text}\n${close}`),
  );
}

function lastWide() {
  return existsSync(wideFile) ? JSON.parse(readFileSync(wideFile, "utf8")) : { models: {} };
}

/** Rows in the order of the list, each with the run that it is of. */
function keepWide(wide) {
  const kept = { ...wide, models: among(known, wide.models) };
  writeFileSync(wideFile, `${JSON.stringify(kept, null, 2)}\n`);
  write("docs/speed.md", "wide", wideTable({ ...result, ...kept }));
}

if (options.check) {
  const { Pawl: begin } = await measureStart(contenders.slice(0, 1));
  for (const [what, { best }, most] of [
    ["import", begin.import, 100],
    ["first step", begin.first, 500],
  ]) {
    say(`${what}: ${best.toFixed(0)} ms, at most ${most}${best > most ? " WORSE" : ""}`);
    if (best > most) process.exitCode = 1;
  }
  if (result.ownStep) {
    const ratio = ownStepRatio(result.ownStep);
    say(`a step of one's own: ${ratio.toFixed(3)} times the built-in one, at most ${MOST_FOR_OWN_STEP}`);
    if (ratio > MOST_FOR_OWN_STEP) process.exitCode = 1;
  }
  const { lines, isWorse } = judge(result, JSON.parse(readFileSync(lastFile, "utf8")));
  console.log(lines.join("\n"));
  if (isWorse) process.exitCode = 1;
} else if (!options.dry && !options.wide) {
  const written = isWhole ? result : merged(JSON.parse(readFileSync(lastFile, "utf8")), result);
  write("README.md", "bench", tables(written));
  writeFileSync(lastFile, `${JSON.stringify(written, null, 2)}\n`);
}
