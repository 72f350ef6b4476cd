import { markdownTable } from "../../core/markdown-table.js";
import {
  type EventValue,
  fileStart,
  histogram,
  modelGraph,
  pointRecord,
  scalar,
  text,
} from "../../formats/tfevents/index.js";
import { type HistogramEvent, isMissing, type Points, type RecordReader, summaryOf } from "../../store/record/index.js";
import type { ExportedFile, ExportedRun } from "./format.js";

type Part = "train" | "validation";

/** Event files with the folders, tags and steps of callbacks.TensorBoard; norms of a step are `norm/PATH`. */
export function toTensorBoard({ path, record }: ExportedRun): readonly ExportedFile[] {
  const second = String(Math.floor((record.starts[0]?.time ?? 0) / 1000) || 0).padStart(10, "0");
  const name = `events.out.tfevents.${second}.record.0.0.v2`;
  const isValidated = record.epochs.keys.some((key) => key.startsWith("val_"));
  return [
    { name: `train/${name}`, pieces: train(path, record) },
    ...(isValidated ? [{ name: `validation/${name}`, pieces: validation(record) }] : []),
  ];
}

function* train(path: string, record: RecordReader): Iterable<Uint8Array> {
  const begun = inSeconds(record.starts[0]?.time);
  yield fileStart(begun, false);
  yield pointRecord({ step: 0, seconds: begun, values: descriptionOf(path, record) });
  yield* scalars(record.batches, record.batches.step, batchTag);
  yield* scalars(record.epochs, record.epochs.epoch, epochTag("train"));
  for (const { epoch, time, weights } of standing(record)) {
    const values = Object.entries(weights).map(([weight, counts]) =>
      histogram(`${weight.replaceAll(":", "_")}/histogram`, counts),
    );
    yield pointRecord({ step: epoch, seconds: inSeconds(time), values });
  }
}

function* validation(record: RecordReader): Iterable<Uint8Array> {
  yield fileStart(inSeconds(record.starts[0]?.time), false);
  yield* scalars(record.epochs, record.epochs.epoch, epochTag("validation"));
}

/** The tag of a key, and what makes its value; null for one that belongs elsewhere. */
type Tag = (key: string) => { readonly tag: string; readonly of?: (value: number) => number } | null;

const epochTag =
  (part: Part): Tag =>
  (key) => {
    const isValidation = key.startsWith("val_");
    if (isValidation !== (part === "validation")) return null;
    return { tag: `epoch_${isValidation ? key.slice(4) : key}` };
  };

const batchTag: Tag = (key) => {
  if (key === "step_ms") return { tag: "batch_steps_per_second", of: (milliseconds) => 1000 / milliseconds };
  return { tag: key.startsWith("norm/") ? key : `batch_${key}` };
};

function* scalars(points: Points, steps: ArrayLike<number>, tagOf: Tag): Iterable<Uint8Array> {
  const columns = points.keys.flatMap((key) => {
    const tag = tagOf(key);
    return tag === null ? [] : [{ ...tag, column: points.column(key)! }];
  });
  for (let row = 0; row < points.length; row++) {
    const values = columns
      .filter(({ column }) => !isMissing(column, row))
      .map(({ tag, of, column }) => scalar(tag, of === undefined ? column[row]! : of(column[row]!)));
    if (values.length > 0) yield pointRecord({ step: steps[row]!, seconds: inSeconds(points.time[row]), values });
  }
}

/** The graph as Keras writes it, and the settings as text. */
function descriptionOf(path: string, record: RecordReader): EventValue[] {
  const { settings, program, pawl, seed } = summaryOf(record);
  const start = record.starts.at(-1);
  const model = start?.config.model;
  const isDrawn = ["Sequential", "Functional"].includes((model as { class_name?: string } | null)?.class_name ?? "");
  const facts = { run: path, program, pawl, seed, ...start?.machine, ...settings };
  const rows = Object.entries(facts).filter(([, value]) => value !== null);
  return [
    ...(isDrawn ? [modelGraph("keras", JSON.stringify(model))] : []),
    ...(model == null ? [] : [text("model_config", `\`\`\`json\n${JSON.stringify(model, null, 2)}\n\`\`\``)]),
    text("fit", markdownTable(["", ""], rows)),
  ];
}

/** Histograms that count: the last of each step, without those of lines that were given up. */
function standing({ starts, histograms }: RecordReader): readonly HistogramEvent[] {
  const turns = starts.filter(({ turnsBack }) => turnsBack);
  const kept = histograms.filter((one) => !turns.some(({ time, step }) => time >= one.time && one.step > step));
  return [...new Map(kept.map((one) => [one.step, one])).values()];
}

/** 0 where the record does not say. */
const inSeconds = (milliseconds: number | undefined): number =>
  Number.isFinite(milliseconds) ? milliseconds! / 1000 : 0;
