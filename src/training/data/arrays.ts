import { OptionError, ShapeError } from "../../core/errors.js";
import { alongStructure, keysIn, type Structure, structureText } from "../../core/grouped.js";
import { isConfig } from "../../core/parts.js";
import { formatShape } from "../../core/shape.js";
import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../../core/tensor.js";
import { isListOfArrays as isGroup } from "../../data/structure-of-arrays.js";
import { byOutputName } from "../state/per-output.js";

/** One array of data: nested arrays of numbers, a typed array (one dimension), or anything with data and shape. */
export type ArrayLikeData = NestedData | TensorLike | ArrayBufferView;

/** Arrays in lists and records, in one another, as a model groups its inputs or outputs. */
export type GroupedData = ArrayLikeData | null | readonly GroupedData[] | { readonly [name: string]: GroupedData };

/**
 * Arrays for several inputs or outputs: a list in the model's order, an object by name, or lists and objects in one another
 * where the model has them so.
 */
export type TensorsLike = ArrayLikeData | readonly GroupedData[] | { readonly [name: string]: GroupedData };

/** The names of the arrays that a model takes. */
export interface Slots {
  /** How messages name the argument, e.g. "x of fit of Sequential "mnist"". */
  readonly where: string;
  /** e.g. the model's input names. */
  readonly names: readonly string[];
  /** Whether these are names of inputs or outputs. Default "output". */
  readonly kind?: "input" | "output";
  /** How the model groups them: alternative names, for a model whose inputs were given as an object. */
  readonly structure?: Structure | undefined;
}

/**
 * The user's tensors, one per slot; null where nothing was given.
 * @throws {OptionError} when there are too few, too many, or unknown names
 */
export function tensorsOf(
  given: TensorsLike | null | undefined,
  { where, names, structure, kind }: Slots,
): (Tensor | null)[] {
  if (given === null || given === undefined) return names.map(() => null);
  const along =
    structure?.parts === undefined
      ? undefined
      : alongStructure(structure, given, (one) => !isRecord(one as TensorsLike));
  if (along !== undefined) return along.map((entry, i) => toTensor(entry as ArrayLikeData, `${where} "${names[i]}"`));
  if (isRecord(given)) {
    const keys = structure && keysIn(structure);
    const known = keys !== undefined && Object.keys(given).every((key) => keys.includes(key)) ? keys : names;
    const isKnown = Object.keys(given).every((key) => known.includes(key));
    if (structure?.parts !== undefined && !isKnown) throw otherStructure(where, structure);
    return byOutputName<ArrayLikeData>(where, given, known, false, kind).map((entry, i) =>
      toTensor(entry, `${where} "${names[i]}"`),
    );
  }
  if (!isListOfArrays(given, names.length)) {
    if (names.length === 1) return [toTensor(given as ArrayLikeData, where)];
    throw wrongNumber(where, names, Array.isArray(given) ? `a list of ${given.length}` : "one array");
  }
  if (given.length !== names.length) throw wrongNumber(where, names, `a list of ${given.length} arrays`);
  return given.map((entry, i) => toTensor(entry, `${where} "${names[i]}"`));
}

export function toTensor(given: ArrayLikeData | null, where: string): Tensor | null {
  if (given === null) return null;
  const tensor = tensorFrom(given, where);
  if (tensor.shape.length === 0) {
    throw new ShapeError({
      code: "no-rows",
      what: `${where} must have an axis of rows`,
      received: "a number",
      expected: "an array with one entry a row",
      fix: "Put a single row into an array of its own: [row]",
    });
  }
  return tensor;
}

/** @throws {OptionError} for strings where numbers are wanted, or numbers where strings are */
export function checkTexts(tensor: Tensor, wanted: boolean, where: string): void {
  const isText = tensor.dtype === "string";
  if (isText === wanted) return;
  throw new OptionError({
    code: "string-data",
    what: isText ? `${where} holds strings, and models compute on numbers` : `${where} takes strings`,
    received: `a tensor of ${isText ? "strings" : tensor.dtype} of shape ${formatShape(tensor.shape)}`,
    expected: isText ? "numbers" : "strings",
    fix: isText
      ? 'Turn them into numbers in the model: Input({ shape: [1], dtype: "string" }), then TextVectorization, StringLookup or Hashing'
      : 'Give texts, e.g. [["one"], ["two"]]',
  });
}

export function isRecord(given: TensorsLike): given is { readonly [name: string]: GroupedData } {
  return isConfig(given) && !("data" in given && "shape" in given);
}

/** Whether it is a list of arrays, not the nested numbers of one array. */
export function isListOfArrays(given: unknown, count: number): given is readonly (ArrayLikeData | null)[] {
  if (!Array.isArray(given) || given.some((item) => typeof item === "number")) return false;
  const isRows = count > 1 && given.length === count && given.every((item) => Array.isArray(item));
  return isRows || isGroup(given);
}

/** Whether it is one array rather than a list or an object of arrays. */
export function isOneArray(given: TensorsLike, count: number): given is ArrayLikeData {
  return !isRecord(given) && !isListOfArrays(given, count);
}

function otherStructure(where: string, structure: Structure): OptionError {
  return new OptionError({
    code: "call-structure",
    what: `${where} is grouped in another way than in the model`,
    received: "other names, or lists of other lengths",
    expected: structureText(structure),
    fix: "Group the arrays as the model was given its Inputs and outputs",
  });
}

function wrongNumber(where: string, names: readonly string[], received: string): OptionError {
  return new OptionError({
    code: "number-of-arrays",
    what: `${where} must have ${names.length === 1 ? "one array" : `${names.length} arrays`}`,
    received,
    ...(names.length === 1 && received.startsWith("a list")
      ? { fix: "Rows in arrays of their own go into one: Tensor.from(rows.map((row) => [...row]))" }
      : {}),
    expected: names.length === 1 ? "an array" : `a list for ${names.join(", ")}, or an object with these names`,
  });
}

/**
 * Reshapes data to a model's input; as in Keras, a last axis of length 1 is added or dropped.
 * @param shape of the input, null where any length is accepted
 * @throws {ShapeError} that names the input
 */
export function fitToInput(tensor: Tensor, shape: readonly (number | null)[], where: string): Tensor {
  const fits = (dims: readonly number[]): boolean =>
    dims.length === shape.length &&
    dims.every((dim, axis) => axis === 0 || shape[axis] === null || shape[axis] === dim);
  if (fits(tensor.shape)) return tensor;
  const longer = [...tensor.shape, 1];
  if (fits(longer)) return tensor.reshape(longer);
  const shorter = tensor.shape.slice(0, -1);
  if (tensor.shape.at(-1) === 1 && fits(shorter)) return tensor.reshape(shorter);
  throw new ShapeError({
    code: "input-shape",
    what: `${where} has the wrong shape`,
    received: formatShape(tensor.shape),
    expected: formatShape(shape),
    fix: "The first axis counts the rows; reshape or transpose the others",
    data: { received: tensor.shape, expected: shape },
  });
}
