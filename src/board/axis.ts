import type { Points, RecordReader, RunIndex } from "../store/record/index.js";
import type { XAxis } from "./wire.js";

/** Where the points of a run stand on an axis, and the values of one key. */
export interface Series {
  readonly x: Float64Array;
  /** NaN where there is no value. */
  readonly y: Float64Array;
  /** Whether some of the values are not finite, as far as one can tell. */
  readonly notFinite: boolean;
}

/**
 * The values of a key: of single steps where there are such, else of epochs. Undefined when the run has none. Those over
 * steps are read without the rest of the record, which may be long.
 * @throws {StateError} when the record cannot be read
 */
export async function seriesOf(index: RunIndex, path: string, key: string, axis: XAxis): Promise<Series | undefined> {
  const [batches, epochs] = [await index.curves(path, "batches", [key]), await index.curves(path, "epochs", [key])];
  const ofEpochs = epochs.columns.get(key);
  const ofBatches = batches.columns.get(key);
  const byEpoch = ofBatches === undefined || (ofEpochs !== undefined && epochs.length >= batches.length);
  const values = byEpoch ? ofEpochs : ofBatches;
  if (values === undefined) return undefined;
  // Columns may be views that hold only until the record is read on.
  const y = values.slice();
  const notFinite = isLost(y);
  if (axis === "step") return { x: (byEpoch ? epochs : batches).x.slice(), y, notFinite };
  const record = await index.record(path);
  const x = placesOf(record, byEpoch ? record.epochs : record.batches, axis, byEpoch);
  // A run that goes on has points by now that were not there before.
  return { x: x.subarray(0, y.length), y, notFinite };
}

function placesOf(record: RecordReader, points: Points, axis: "epoch" | "time", byEpoch: boolean): Float64Array {
  if (axis === "time") return trainedSeconds(record, points);
  return byEpoch ? points.epoch.map((epoch) => epoch + 1) : partsOfEpochs(record, points);
}

/** NaN in a column may be a gap as well, so only these are known to be values. */
const isLost = (values: Float64Array): boolean =>
  values.some((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);

/** Epochs done at each step, with the part of the one that is under way. */
function partsOfEpochs(record: RecordReader, { epoch, batch }: Points): Float64Array {
  const said = record.starts.at(-1)?.steps ?? null;
  const steps = Math.max(
    said ?? 0,
    batch.reduce((most, one) => Math.max(most, one), 1),
  );
  return epoch.map((done, at) => done + batch[at]! / steps);
}

/** Seconds since the first start, without the time in which no process trained. */
function trainedSeconds({ starts, stops, saves, epochs, batches }: RecordReader, { time }: Points): Float64Array {
  const events = [...stops, ...saves].map((event) => event.time);
  const known = Float64Array.of(...events, ...starts.map((event) => event.time));
  const all = new Float64Array(known.length + epochs.length + batches.length);
  all.set(known);
  all.set(epochs.time, known.length);
  all.set(batches.time, known.length + epochs.length);
  const times = all.filter((one) => !Number.isNaN(one)).sort();
  const first = starts[0]?.time ?? times[0] ?? 0;
  const pauses = starts.slice(1).map((start) => ({ at: start.time, length: pauseBefore(times, start.time) }));
  let [lost, next] = [0, 0];
  // Points stand by step; those of a process have rising times.
  return time.map((at) => {
    while (next < pauses.length && pauses[next]!.at <= at) lost += pauses[next++]!.length;
    return Math.max(0, at - first - lost) / 1000;
  });
}

/** From the last sign of life before a start to the start. */
function pauseBefore(times: Float64Array, start: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : start - times[low - 1]!;
}
