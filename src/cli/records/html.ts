import { type Panel, panelsOf } from "../../charts/curves-svg.js";
import { pageOf, plotOf } from "../../charts/plot.js";
import { brief } from "../../charts/ticks.js";
import { escapeXml } from "../../core/escape-xml.js";
import { memorySize } from "../../core/human.js";
import { type RecordReader, summaryOf } from "../../store/record/index.js";
import type { ExportedFile, ExportedRun } from "./format.js";

/** Panels of a page: a drawing of more is nobody's to look at. */
const MOST_PANELS = 100;
const MOST_ROWS = 200;

/** One page that needs nothing else and runs nothing: curves, settings, checkpoints, and what happened. */
export function toHtml({ path, record, batches }: ExportedRun): readonly ExportedFile[] {
  const { svg } = plotOf(panelsIn(record, batches), { title: path, axis: "step" });
  const { settings, model, seed, pawl, program, counts } = summaryOf(record);
  const start = record.starts.at(-1);
  const facts = [
    ["Model", model],
    ["Steps", record.step],
    ["Starts", counts.starts],
    ["Begun from", record.parent === null ? null : `${record.parent.run}, step ${record.parent.step}`],
    ["Program", program],
    ["Seed", seed],
    ["Pawl", pawl],
    ...Object.entries(start?.machine ?? {}).map(([key, value]) => [`Machine, ${key}`, value]),
    ...Object.entries(settings),
  ];
  const body = [
    `<main>`,
    `<div class="wide">${svg}</div>`,
    table(
      "Run",
      null,
      facts.filter(([, value]) => value !== null),
    ),
    table("Checkpoints", ["Step", "File", "Size", "Written", "Finite"], saves(record)),
    table("What happened", ["Step", "When", "What"], events(record)),
    `</main>`,
  ];
  return [{ name: "run.html", pieces: [new TextEncoder().encode(pageOf(path, body.join("\n")))] }];
}

/** Values of steps where there are some, with those of validation by epoch; or of epochs alone. */
function panelsIn({ epochs, batches }: RecordReader, wanted: boolean): Panel[] {
  const table = (wanted || epochs.length === 0) && batches.length > 0 ? batches : epochs;
  const columns = table.keys.map((key) => ({ key, x: table.step, y: table.column(key)! }));
  if (table === batches) {
    for (const key of epochs.keys) {
      if (table.column(key) === undefined) columns.push({ key, x: epochs.step, y: epochs.column(key)! });
    }
  }
  return panelsOf(columns).slice(0, MOST_PANELS);
}

type Cells = readonly (readonly unknown[])[];

function table(title: string, heads: readonly string[] | null, rows: Cells): string {
  if (rows.length === 0) return "";
  const cell = (value: unknown, i: number): string =>
    heads === null && i === 0 ? `<th scope="row">${text(value)}</th>` : `<td>${text(value)}</td>`;
  const head = heads === null ? "" : `<tr>${heads.map((each) => `<th scope="col">${text(each)}</th>`).join("")}</tr>`;
  const all = rows.slice(-MOST_ROWS).map((row) => `<tr>${row.map(cell).join("")}</tr>`);
  const more = rows.length > MOST_ROWS ? `<p>The last ${MOST_ROWS} of ${rows.length}.</p>` : "";
  return `<h2>${text(title)}</h2>${more}<div class="wide"><table>${head}${all.join("")}</table></div>`;
}

/** Settings may be anything that JSON has. */
function text(value: unknown): string {
  if (typeof value === "number") return escapeXml(brief(value));
  return escapeXml(typeof value === "string" ? value : JSON.stringify(value));
}

function saves({ saves: all }: RecordReader): Cells {
  return all.map(({ step, file, bytes, time, finite }) => [
    String(step),
    file,
    memorySize(bytes),
    when(time),
    finite ? "yes" : "no",
  ]);
}

function events({ starts, stops, warnings, drifts, forks }: RecordReader): Cells {
  const all: (readonly [step: number, time: number, what: string])[] = [
    ...starts.map((start) => {
      const changes = start.changes.length === 0 ? "" : `: ${start.changes.join("; ")}`;
      return [start.step, start.time, `${start.resumes ? "goes on" : "begins"}${changes}`] as const;
    }),
    ...stops.map(({ step, time, why, by }) => [step, time, `ends: ${why}${by === null ? "" : `, ${by}`}`] as const),
    ...warnings.map(({ step, time, text: said }) => [step, time, said] as const),
    ...drifts.map(
      ({ step, time, point, key, before, now }) =>
        [step, time, `drift of a ${point}: ${key} was ${before}, is ${now}`] as const,
    ),
    ...forks.map(({ step, time, child }) => [step, time, `fork: ${child}`] as const),
  ];
  return all.sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([step, time, what]) => [String(step), when(time), what]);
}

/** As ISO 8601, in seconds. */
function when(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().replace(/\.\d+Z$/, "Z") : "";
}
