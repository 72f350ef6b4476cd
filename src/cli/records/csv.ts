import { isMissing, type Points } from "../../store/record/index.js";
import { type ExportedFile, type ExportedRun, piecesOf } from "./format.js";

/** A table by RFC 4180 with a line for each point; empty where it has no value. Times are as ISO 8601. */
export function toCsv({ record, batches }: ExportedRun): readonly ExportedFile[] {
  return [{ name: "points.csv", pieces: piecesOf(rows(batches ? record.batches : record.epochs, batches)) }];
}

function* rows(points: Points, batches: boolean): Iterable<string> {
  const { step, time, epoch, batch, keys } = points;
  const columns = keys.map((key) => points.column(key)!);
  const places = batches ? ["step", "epoch", "batch", "time"] : ["epoch", "step", "time"];
  yield [...places, ...keys].map(quoted).join(",");
  for (let row = 0; row < points.length; row++) {
    const when = Number.isNaN(time[row]) ? "" : isoTime(time[row]!);
    const place = batches ? [step[row], epoch[row], batch[row], when] : [epoch[row], step[row], when];
    const values = columns.map((values) => (isMissing(values, row) ? "" : String(values[row])));
    yield [...place, ...values].join(",");
  }
}

/** "" for what no calendar has. */
function isoTime(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : "";
}

/** A name that begins like a formula would be one for programs of tables. */
function quoted(name: string): string {
  const plain = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
