import type { Points, RecordReader } from "../store/record/index.js";
import type { XAxis } from "./wire.js";

/** Where the points of a run stand on an axis, and the values of one key. */
export interface Series {
  readonly x: Float64Array;
  /** NaN where there is no value. */
  readonly y: Float64Array;
  /** Whether some of the values are not finite, as far as one can tell. */
  readonly notFinite: boolean;
}

/** The values of a key: of single steps where there are such, else of epochs. Undefined when the run has none. */
export function seriesOf(record: RecordReader, key: string, axis: XAxis): Series | undefined {
  const ofBatches = record.batches.column(key);
  const ofEpochs = record.epochs.column(key);
  const epochs = ofBatches === undefined || (ofEpochs !== undefined && record.epochs.length >= record.batches.length);
  const y = epochs ? ofEpochs : ofBatches;
  if (y === undefined) return undefined;
  const points = epochs ? record.epochs : record.batches;
  return { x: placesOf(record, points, axis, epochs), y, notFinite: isLost(y, points.last(key)?.value) };
}

/** Of NaN in a column only the last is known to be a value. */
const isLost = (values: Float64Array, last: number | undefined): boolean =>
  !Number.isFinite(last) ||
  values.some((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);

function placesOf(record: RecordReader, points: Points, axis: XAxis, epochs: boolean): Float64Array {
  switch (axis) {
    case "step":
      return points.step;
    case "epoch":
      return epochs ? points.epoch.map((epoch) => epoch + 1) : partsOfEpochs(record, points);
    case "time":
      return trainedSeconds(record, points);
  }
}

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
