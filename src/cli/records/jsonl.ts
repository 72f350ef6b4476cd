import { numberToJson } from "../../core/json-number.js";
import { isMissing, type Points } from "../../store/record/index.js";
import { type ExportedFile, type ExportedRun, piecesOf } from "./format.js";

/** An object a line for each point, once, in order of steps: `{ step, epoch, batch, time, values }`. */
export function toJsonLines({ record, batches }: ExportedRun): readonly ExportedFile[] {
  return [{ name: "points.jsonl", pieces: piecesOf(lines(batches ? record.batches : record.epochs)) }];
}

function* lines(points: Points): Iterable<string> {
  const { step, time, epoch, batch } = points;
  const columns = points.keys.map((key) => [key, points.column(key)!] as const);
  for (let row = 0; row < points.length; row++) {
    const values = columns
      .filter(([, column]) => !isMissing(column, row))
      .map(([key, column]) => [key, numberToJson(column[row]!)]);
    const when = Number.isNaN(time[row]) ? null : time[row];
    const place = { step: step[row], epoch: epoch[row], batch: batch[row], time: when };
    yield JSON.stringify({ ...place, values: Object.fromEntries(values) });
  }
}
