import { type DType, isDType } from "../core/dtype.js";
import { OptionError, ShapeError } from "../core/errors.js";
import { type Fields, int, nullable, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { formatShape, sizeOf } from "../core/shape.js";
import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";
import { valueText } from "../core/value-text.js";

/** Options of `padSequences`, as in Keras. */
export interface PadSequencesOptions {
  /** Length of all sequences afterwards. Default null: that of the longest one. */
  readonly maxlen?: number | null;
  /** Dtype of the result; "string" for sequences of strings (Keras's `object`). Default "int32". */
  readonly dtype?: DType;
  /** On which side shorter sequences are filled up. Default "pre". */
  readonly padding?: "pre" | "post";
  /** From which side longer sequences are cut. Default "pre". */
  readonly truncating?: "pre" | "post";
  /** What is filled in: a number, or a string for dtype "string". Default 0. */
  readonly value?: number | string;
}

/** A sequence of steps, each a number, a string, or an array of numbers. */
export type PaddedSequence = readonly NestedData[] | readonly string[] | TensorLike | ArrayBufferView;

const SIDES = ["pre", "post"] as const;
const FIELDS: Fields<PadSequencesOptions> = {
  maxlen: nullable(int({ min: 1 })),
  dtype: {
    default: "int32",
    parse(value, where) {
      if (isDType(value)) return value;
      throw wrongOption(where, 'a dtype, e.g. "int32"', value);
    },
  },
  padding: oneOf(SIDES, { default: "pre" }),
  truncating: oneOf(SIDES, { default: "pre" }),
  value: {
    default: 0,
    parse(value, where) {
      if (typeof value === "number" || typeof value === "string") return value;
      throw wrongOption(where, "a number, or a string", value);
    },
  },
};

/**
 * Sequences of different lengths as one tensor of shape (sequences, maxlen, …): shorter ones are filled up, longer ones
 * are cut.
 * @throws {ShapeError} when steps have different shapes
 * @example utils.padSequences([[1], [2, 3], [4, 5, 6]]).toArray(); // [[0, 0, 1], [0, 2, 3], [4, 5, 6]]
 */
export function padSequences(sequences: readonly PaddedSequence[], options?: PadSequencesOptions): Tensor {
  const { maxlen, dtype, padding, truncating, value } = resolveOptions("padSequences", FIELDS, options);
  if (!Array.isArray(sequences)) throw notSequences(sequences);
  if ((typeof value === "string") !== (dtype === "string") && !(dtype === "string" && value === 0)) {
    throw wrongValue(value, dtype);
  }
  const all = sequences.map((sequence, i) => readSequence(sequence, dtype, i));
  const step = all.find(({ length }) => length > 0)?.step ?? [];
  const length = maxlen ?? all.reduce((longest, sequence) => Math.max(longest, sequence.length), 0);
  const width = sizeOf(step);
  const fill = dtype === "string" ? String(value) : value;
  const data = new Array<unknown>(all.length * length * width).fill(fill);
  all.forEach((sequence, i) => {
    if (sequence.length === 0) return;
    if (formatShape(sequence.step) !== formatShape(step)) throw otherStep(i, sequence.step, step);
    const kept = Math.min(sequence.length, length);
    const from = truncating === "pre" ? sequence.length - kept : 0;
    const to = padding === "pre" ? length - kept : 0;
    for (let k = 0; k < kept * width; k++) data[(i * length + to) * width + k] = sequence.elements[from * width + k];
  });
  const shape = [all.length, length, ...step];
  if (dtype === "string") return new Tensor(data as string[], shape, dtype);
  // float64 on the way, which holds what the user gave.
  return new Tensor(Float64Array.from(data as number[]), shape, "float64").cast(dtype);
}

interface Steps {
  readonly length: number;
  /** Shape of one step. */
  readonly step: readonly number[];
  readonly elements: ArrayLike<unknown>;
}

function readSequence(sequence: unknown, dtype: DType, i: number): Steps {
  if (dtype === "string" && Array.isArray(sequence)) {
    const wrong = sequence.find((item) => typeof item !== "string");
    if (wrong === undefined) return { length: sequence.length, step: [], elements: sequence };
    throw wrongOption(`Sequence ${i} of padSequences`, 'strings, for dtype "string"', wrong, "Make them strings");
  }
  if (typeof sequence !== "object" || sequence === null) throw notSequences(sequence, i);
  const { shape, data } = tensorFrom(sequence, `Sequence ${i} of padSequences`, dtype === "string" ? dtype : "float64");
  const [length = 0, ...step] = shape;
  return { length, step, elements: data as ArrayLike<unknown> };
}

function notSequences(received: unknown, i?: number): OptionError {
  return new OptionError({
    code: "not-sequences",
    what: "padSequences takes a list of sequences",
    received: i === undefined ? valueText(received) : `${valueText(received)} as sequence ${i}`,
    expected: "lists of different lengths: [[1], [2, 3]]",
    fix: "Put a single sequence into a list of its own",
  });
}

function wrongValue(value: number | string, dtype: DType): OptionError {
  return new OptionError({
    code: "pad-value",
    what: "padSequences cannot fill up with this value",
    received: `value: ${valueText(value)}, dtype: "${dtype}"`,
    expected: "a number for numbers, a string for strings",
    fix: typeof value === "string" ? 'For sequences of strings give dtype: "string"' : 'Give value: ""',
  });
}

function otherStep(i: number, received: readonly number[], expected: readonly number[]): ShapeError {
  return new ShapeError({
    code: "step-shape",
    what: `The steps of sequence ${i} of padSequences have another shape`,
    received: formatShape(received),
    expected: `${formatShape(expected)}, as in the first sequence`,
    fix: "Give steps of one shape",
  });
}
