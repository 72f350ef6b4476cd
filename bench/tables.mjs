// From times to the README's tables, and the judgement of a run beside the last one.
import { definition, moreNames, names, ownNames } from "./protocol.mjs";

/** Best and median of some times; null where there are none. */
export function summarize(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { best: sorted[0] ?? null, median: sorted.length > 0 ? median : null };
}

const isKeras = (who) => who.startsWith("Keras");
const digits = (number) => (number >= 1000 ? number.toFixed(0) : number.toPrecision(3));
const withMedian = (cell) => (cell?.best == null ? "cannot" : `${digits(cell.best)} (${digits(cell.median)})`);

/** The Keras backend whose best time is least; null where none ran. */
function bestKeras(cells) {
  const able = Object.entries(cells).filter(([who, { best }]) => isKeras(who) && best !== null);
  return able.map(([, cell]) => cell).sort((a, b) => a.best - b.best)[0] ?? null;
}

/** How many times faster than the best Keras; null where one of them cannot. */
export function ratioOf(cells) {
  const keras = bestKeras(cells);
  const { best } = cells["Pawl"];
  return keras === null || best === null ? null : keras.best / best;
}

const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** Most that a training step of one's own may take, in times of the built-in one that does the same. */
export const MOST_FOR_OWN_STEP = 1.05;

/** By best times. */
export const ownStepRatio = (cells) => cells["own"].best / cells["built-in"].best;

/** The models that were measured among some, in their order. */
export const among = (list, models) =>
  Object.fromEntries(list.flatMap((name) => (models[name] ? [[name, models[name]]] : [])));

/** A run over a few models, in the place of what the last one said of them. */
export function merged(last, { models, ownStep, date, rounds, versions }) {
  const later = Object.fromEntries(Object.keys(models).map((name) => [name, { date, rounds, versions }]));
  return {
    ...last,
    models: { ...last.models, ...models },
    ...(ownStep ? { ownStep } : {}),
    later: { ...last.later, ...later },
  };
}

const versionsText = (versions) =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");

/** When and with what models were measured that are not from the whole run; none where all are. */
function laterNote({ later = {} }, models) {
  const runs = Object.entries(later).filter(([name]) => models[name]);
  const texts = runs.map(
    ([, { date, rounds, versions }]) => `measured ${date} in ${rounds} rounds, ${versionsText(versions)}`,
  );
  const different = [...new Set(texts)];
  if (different.length === 0) return [];
  const each = different.map((text) => {
    const of = runs.flatMap(([name], i) => (texts[i] === text ? [name] : []));
    return different.length === 1 && of.length === Object.keys(models).length ? text : `${of.join(", ")}: ${text}`;
  });
  return [`${each.join("; ").replace(/^measured/, "Measured")}.`];
}

function ownSpeed(result) {
  const models = among(ownNames, result.models);
  const rows = Object.entries(models).map(([name, cells]) => [
    `${definition(name).title}, batch ${definition(name).batch}`,
    withMedian(cells["Pawl"]),
    withMedian(cells["Keras (JAX)"]),
    ratioOf(cells)?.toFixed(2) ?? "",
  ]);
  if (rows.length === 0) return null;
  const head = [
    "ms a step, best (median); the step is one's own",
    "Pawl: `trainStep` in `fit`",
    "JAX: one `jit` of Keras's stateless calls",
    "JAX / Pawl",
  ];
  const { ownStep } = result;
  const pair = ownStep
    ? [
        `The MLP with a \`trainStep\` that does what \`compile\` does takes ${ownStepRatio(ownStep).toFixed(2)} times the built-in step.`,
      ]
    : [];
  return [table(head, rows), [...laterNote(result, models), ...pair].join("\n")].join("\n\n");
}

function moreSpeed(result) {
  const models = among(moreNames, result.models);
  if (Object.keys(models).length === 0) return null;
  const note = laterNote(result, models);
  return [speedTable(models, "recurrent and image nets; ms a step of `fit`, best (median)"), ...note].join("\n\n");
}

function speed({ models: all, rounds }) {
  const models = among(names, all);
  if (Object.keys(models).length === 0) return null;
  return speedTable(models, `ms a step of \`fit\`, best (median) of ${rounds} rounds in turns`);
}

function speedTable(models, title) {
  const who = Object.keys(Object.values(models)[0]);
  const rows = Object.entries(models).map(([name, cells]) => [
    `${definition(name).title}, batch ${definition(name).batch}`,
    ...who.map((one) => withMedian(cells[one])),
    ratioOf(cells)?.toFixed(2) ?? "",
  ]);
  const mean = meanRatio(models);
  if (mean !== null && rows.length > 1) rows.push(["geometric mean", ...who.map(() => ""), mean.toFixed(2)]);
  return table([title, ...who, "best Keras / Pawl"], rows);
}

/** The geometric mean; null where one side cannot run a model. */
function meanRatio(models) {
  const ratios = Object.values(models).map(ratioOf);
  if (ratios.includes(null)) return null;
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}

/** How many times the floor; nothing for steps of which most is neither arithmetic nor memory. */
const aboveFloor = ({ best, floor }) => (floor == null || floor < 0.01 ? "" : (best / floor).toFixed(1));

/** The table of a run over everything, with memory beside time. */
export function wideTable(result) {
  const { date, machine, node, versions, rounds, models } = result;
  const who = [...new Set(Object.values(models).flatMap((cells) => Object.keys(cells)))];
  const highest = (cell) => cell?.highest?.toFixed(0) ?? "";
  const rows = Object.entries(models).map(([name, cells]) => [
    `${definition(name).title}, batch ${definition(name).batch}`,
    ...who.map((one) => withMedian(cells[one])),
    ratioOf(cells)?.toFixed(2) ?? "",
    aboveFloor(cells["Pawl"]),
    highest(cells["Pawl"]),
    highest(bestKeras(cells)),
  ]);
  const mean = meanRatio(models);
  if (mean !== null) rows.push(["geometric mean", ...who.map(() => ""), mean.toFixed(2), "", "", ""]);
  const head = ["ms a step, best (median)", ...who, "best Keras / Pawl", "Pawl / floor", "MB: Pawl", "MB: best Keras"];
  const by = `By \`npm run bench -- --wide\` on ${machine}, Node ${node}.`;
  const notes = result.later
    ? laterNote(result, models)
    : [`Measured ${date} in ${rounds} rounds, ${versionsText(versions)}.`];
  return [table(head, rows), [...notes, by].join("\n")].join("\n\n");
}

function memory({ models: all }) {
  const models = among(names, all);
  if (Object.keys(models).length === 0) return null;
  const who = Object.keys(Object.values(models)[0]);
  const cell = ({ highest }) => (highest === null ? "" : highest.toFixed(0));
  const rows = Object.entries(models).map(([name, cells]) => [name, ...who.map((one) => cell(cells[one]))]);
  return table(["MB of memory at its highest, a process a model", ...who], rows);
}

function begin({ start }) {
  const who = Object.keys(start);
  return table(
    ["ms, best (median)", ...who],
    [
      ["import", ...who.map((one) => withMedian(start[one].import))],
      ["start of the process to the first step of the seed model", ...who.map((one) => withMedian(start[one].first))],
    ],
  );
}

function files({ files }) {
  const who = Object.keys(Object.values(files)[0]);
  return table(
    ["ms for the MNIST MLP with Adam's slots, best (median)", ...who],
    Object.entries(files).map(([what, cells]) => [what, ...who.map((one) => withMedian(cells[one]))]),
  );
}

/** All tables as Markdown. */
export function tables(result) {
  const { date, machine, node, versions } = result;
  const notes = [
    `Measured ${date} by \`npm run bench\` on ${machine}, Node ${node}, ${versionsText(versions)}.`,
    "TensorFlow.js is on its WASM backend, which lacks the gradients of convolutions and embeddings; jax-js's models are",
    "written by hand in `bench/jaxjs.mjs`, where layers are few.",
  ];
  if (result.files)
    notes.push("Pawl's saves are on the disk (fsync) when they return; Keras leaves that to the system.");
  return [
    speed(result),
    moreSpeed(result),
    ownSpeed(result),
    memory(result),
    ...(result.start ? [begin(result)] : []),
    ...(result.files ? [files(result)] : []),
    notes.join("\n"),
  ]
    .filter((part) => part !== null)
    .join("\n\n");
}

/** Least noise that is granted: differences below mean nothing on any machine. */
const LEAST_NOISE = 0.03;

/** Compares ratios with those of `last`; what this run's own rounds differ by is noise. */
export function judge(result, last) {
  let isWorse = false;
  const lines = Object.entries(result.models).map(([name, cells]) => {
    const now = ratioOf(cells);
    const before = last.models[name] ? ratioOf(last.models[name]) : null;
    if (now === null || before === null) {
      const lost = now === null && before !== null;
      isWorse ||= lost;
      return `${name}: ${lost ? "WORSE: cannot any more" : "no figure to compare"}`;
    }
    const spread = ({ best, median }) => median / best - 1;
    const noise = Math.max(LEAST_NOISE, spread(cells["Pawl"]) + spread(bestKeras(cells)));
    const change = now / before - 1;
    const worse = change < -noise;
    isWorse ||= worse;
    const percent = (part) => `${(100 * part).toFixed(1)} %`;
    return `${name}: ${before.toFixed(2)} -> ${now.toFixed(2)} (${percent(change)}, noise ${percent(noise)})${worse ? " WORSE" : ""}`;
  });
  return { lines, isWorse };
}
