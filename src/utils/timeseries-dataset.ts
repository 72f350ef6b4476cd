import { OptionError, ShapeError } from "../core/errors.js";
import { bool, type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor, tensorFrom } from "../core/tensor.js";
import { sampledFingerprintOf } from "../data/fingerprint.js";
import { gatherRows } from "../data/gather-rows.js";
import { type ArrayInput, type Batches, type DataRecord, type RecordSource, Records } from "../data/index.js";

/** Options of `timeseriesDatasetFromArray`, as in Keras. */
export interface TimeseriesOptions {
  /** Steps of time in a sequence. */
  readonly sequenceLength: number;
  /** How many steps later the next sequence begins. Default 1. */
  readonly sequenceStride?: number;
  /** The distance between the steps of a sequence. Default 1: they follow one another. */
  readonly samplingRate?: number;
  /** Default 128. */
  readonly batchSize?: number;
  /** Whether sequences come in another order in each pass. Default false. */
  readonly shuffle?: boolean;
  /** Another order than other seeds give. Default null: that of the training. */
  readonly seed?: number | null;
  /** The first step of time that is used. Default null: 0. */
  readonly startIndex?: number | null;
  /** The step of time before which sequences end. Default null: the end of the data. */
  readonly endIndex?: number | null;
}

const FIELDS: Fields<TimeseriesOptions> = {
  sequenceLength: int({ min: 1 }),
  sequenceStride: int({ min: 1 }, { default: 1 }),
  samplingRate: int({ min: 1 }, { default: 1 }),
  batchSize: int({ min: 1 }, { default: 128 }),
  shuffle: bool(false),
  seed: nullable(int()),
  startIndex: nullable(int({ min: 0 })),
  endIndex: nullable(int({ min: 1 })),
};

/**
 * Batches of sequences from a series, as in Keras: x of shape (batch, sequenceLength, …), and the target of the step that each
 * begins at. Nothing is copied before a batch is made. The order of shuffled sequences is Pawl's: all are mixed anew in each pass.
 * @param data steps of time along the first axis
 * @param targets `targets[i]` belongs to the sequence that begins at step i; where they end, sequences do. null: none
 * @throws {OptionError} for options that the length of the data does not allow
 * @example
 * // The next of ten values from the ten before it.
 * const batches = utils.timeseriesDatasetFromArray(series.slice(0, -10), series.slice(10), { sequenceLength: 10 });
 */
export function timeseriesDatasetFromArray(
  data: ArrayInput,
  targets: ArrayInput | null,
  options: TimeseriesOptions,
): Batches {
  const owner = "timeseriesDatasetFromArray";
  const { sequenceLength, sequenceStride, samplingRate, batchSize, shuffle, seed, startIndex, endIndex } =
    resolveOptions(owner, FIELDS, options);
  const series = stepsOf(data, `${owner}: data`);
  const wanted = targets === null ? null : stepsOf(targets, `${owner}: targets`);
  const steps = series.shape[0]!;
  const start = startIndex ?? 0;
  const end = endIndex ?? steps;
  const below = (option: string, value: number, limit: number, of: string): void => {
    if (value < limit) return;
    throw new OptionError({
      code: "timeseries-range",
      what: `${owner}.${option} must be below ${of}`,
      received: `${value}`,
      expected: `a number below ${limit}`,
      fix: `Choose a smaller ${option}, or give more data`,
    });
  };
  below("startIndex", start, steps, "the number of steps of the data");
  if (endIndex !== null) below("endIndex", end, steps, "the number of steps of the data");
  below("samplingRate", samplingRate, steps, "the number of steps of the data");
  below("sequenceStride", sequenceStride, steps, "the number of steps of the data");
  below("startIndex", start, end, "endIndex");
  // Keras counts targets from the first step on, and fails for sequences behind the last one.
  const have = wanted === null ? end - start : Math.min(end, wanted.shape[0]!) - start;
  const starts = Math.min(end - start - (sequenceLength - 1) * samplingRate, have);
  const length = Math.max(0, Math.ceil(starts / sequenceStride));
  const first = (index: number): number => start + index * sequenceStride;
  const sequence = (index: number): Tensor => {
    const order = Uint32Array.from({ length: sequenceLength }, (_, i) => first(index) + i * samplingRate);
    return gatherRows(series, order, 0, sequenceLength);
  };
  const recordAt = (index: number): DataRecord => {
    if (wanted === null) return { x: sequence(index) };
    const target = gatherRows(wanted, Uint32Array.of(first(index)), 0, 1);
    return { x: sequence(index), y: new Tensor(target.data, wanted.shape.slice(1), wanted.dtype) };
  };
  const source: RecordSource = {
    length,
    blocks: null,
    owned: true,
    fields: { x: `${series.dtype} ${formatShape([sequenceLength, ...series.shape.slice(1)])}` },
    read: async (from, to) => Array.from({ length: to - from }, (_, i) => recordAt(from + i)),
    readAt: (indexes) => Array.from(indexes, recordAt),
    async parts() {
      const arrays = { data: [series], ...(wanted && { targets: [wanted] }) };
      return [{ name: "data", digest: await sampledFingerprintOf(arrays) }];
    },
  };
  const said = `${owner}(${sequenceLength}, ${sequenceStride}, ${samplingRate}, ${start}, ${end})`;
  const records = Records.from(source, said);
  return (shuffle ? records.shuffle({ seed }) : records).batch(batchSize);
}

function stepsOf(given: ArrayInput, what: string): Tensor {
  const tensor = tensorFrom(given, what);
  if (tensor.shape.length > 0) return tensor;
  throw new ShapeError({
    code: "timeseries-steps",
    what: `${what} must have an axis of steps of time`,
    received: `shape ${formatShape(tensor.shape)}`,
    expected: "shape (steps, …)",
    fix: "Give an array",
  });
}
