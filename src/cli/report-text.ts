import { byteSize, isDType } from "../core/dtype.js";
import { formatCount, memorySize } from "../core/human.js";
import { sizeOf } from "../core/shape.js";
import { shown } from "../core/shown.js";
import { drawTable } from "../network/table.js";
import type { LayerInfo, WeightInfo } from "./contents.js";
import type { FileReport } from "./inspect-file.js";
import { partName, standingText } from "./standing.js";
import { columns, type Paint } from "./terminal.js";

/** A file's report as text for people. */
export function reportText(report: FileReport, paint: Paint): string[] {
  const { layers, compile, optimizer, training, writtenBy } = report;
  const title = titleOf(report);
  const facts: [string, string][] = [
    ["File", `${report.path}, ${report.format}, ${memorySize(report.bytes)}`],
    ["Written by", writers(writtenBy) || "unknown"],
    ["Digest", report.digest ? "holds" : "none, as in every file that Pawl did not write"],
  ];
  if (compile !== null) {
    const { loss, metrics } = compile;
    facts.push(["Compiled", `${partName(compile.optimizer)}, loss ${partName(loss)}, metrics ${partName(metrics)}`]);
  }
  if (optimizer !== null) {
    const parts = [`${optimizer.variables} variables`];
    if (optimizer.iteration !== null) parts.push(`step ${optimizer.iteration}`);
    if (optimizer.learningRate !== null) parts.push(`learning rate ${shortNumber(optimizer.learningRate)}`);
    facts.push(["Optimizer", parts.join(", ")]);
  }
  if (training === null) facts.push(["Training", "no state of Pawl: a resume starts at an epoch's beginning"]);
  else {
    facts.push(["Stands", standingText(training)]);
    const logs = Object.entries(training.logs).map(([key, value]) => `${key} ${shortNumber(value)}`);
    if (logs.length > 0) facts.push([training.loop === null ? "Last epoch" : "Last logs", logs.join(", ")]);
    const shards = training.loop === null ? `, ${training.shards} shard${training.shards === 1 ? "" : "s"}` : "";
    facts.push(["Seed", `${training.seed}${shards}`]);
    if (training.callbacks.length > 0) facts.push(["Callbacks", training.callbacks.join(", ")]);
    const machine = Object.entries(training.machine).map(([key, value]) => `${key} ${value}`);
    if (machine.length > 0) facts.push(["Machine", machine.join(", ")]);
  }
  const cells = facts.map(([key, value]) => [key, shown(value)]);
  return [
    paint.bold(shown(title)),
    ...layerTable(layers),
    ` Total params: ${formatCount(report.parameters)} (${memorySize(weightBytes(layers))})`,
    "",
    ...columns(cells, (cell, column) => (column === 0 ? paint.dim(cell) : cell)),
  ];
}

function titleOf({ model, parts }: FileReport): string {
  if (model !== null) return `${model.class} "${model.name}"`;
  if (parts === undefined) return "Weights without an architecture";
  return `Loop of ${parts.map(({ name }) => name).join(", ") || "no parts"}`;
}

/** Most layers for a table with lines between rows. Much longer tables leave rows out. */
const AIRY_ROWS = 30;
const FIRST_ROWS = 60;
const LAST_ROWS = 20;
const LONGEST_NAME = 200;
const LONGEST_WEIGHTS = 400;

function layerTable(layers: readonly LayerInfo[]): string[] {
  const titles = [
    { title: "Layer (type)", width: 32, align: "left" },
    { title: "Weights", width: 44, align: "left" },
    { title: "Param #", width: 12, align: "right" },
  ] as const;
  const row = ({ name, class: className, parameters, weights }: LayerInfo): string[] => [
    shown(className === null ? name : `${name} (${className})`, LONGEST_NAME),
    shown(weights.map(weightText).join(" "), LONGEST_WEIGHTS) || "-",
    formatCount(parameters),
  ];
  const left = layers.length - FIRST_ROWS - LAST_ROWS;
  const rows =
    left <= 0
      ? layers.map(row)
      : [
          ...layers.slice(0, FIRST_ROWS).map(row),
          [`… ${formatCount(left)} more layers`, "(--json lists all)", ""],
          ...layers.slice(-LAST_ROWS).map(row),
        ];
  return rows.length === 0 ? [] : drawTable(titles, rows, { dense: rows.length > AIRY_ROWS });
}

function weightText({ name, dtype, shape }: WeightInfo): string {
  const type = dtype === "float32" ? "" : `:${dtype}`;
  // In Keras 3's files the names are numbers.
  return `${/^\d+$/.test(name) ? "" : name}(${shape.join(",")})${type}`;
}

function weightBytes(layers: readonly LayerInfo[]): number {
  return layers
    .flatMap(({ weights }) => weights)
    .reduce(
      (sum, { dtype, shape }) => sum + (isDType(dtype) && dtype !== "string" ? sizeOf(shape) * byteSize(dtype) : 0),
      0,
    );
}

function writers({ pawl, keras }: FileReport["writtenBy"]): string {
  if (pawl !== null) return `Pawl ${pawl}`;
  return keras === null ? "" : `Keras ${keras}`;
}

/** Four significant digits, as in logs. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
