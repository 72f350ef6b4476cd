import { FormatError } from "../../core/errors.js";
import { Tensor } from "../../core/tensor.js";
import type { H5Attr } from "./tree.js";

/** Most bytes of an attribute: HDF5's object headers hold no message above 64 KiB. */
export const ATTRIBUTE_LIMIT = 64512;
/** Bytes of a reference to a variable-length string in an attribute. */
const REFERENCE_BYTES = 16;

/**
 * Keras's list attributes (`layer_names`, `weight_names`): the list itself, or pieces `name0`, `name1`, … when it is
 * too large for one attribute.
 * @returns undefined when there is neither
 * @throws {FormatError} when it is not a list of names
 */
export function readListAttr(attrs: ReadonlyMap<string, H5Attr>, name: string): string[] | undefined {
  const whole = attrs.get(name);
  if (whole !== undefined) return namesIn(whole, name);
  const out: string[] = [];
  for (let piece = 0; ; piece++) {
    const value = attrs.get(`${name}${piece}`);
    if (value === undefined) return piece === 0 ? undefined : out;
    out.push(...namesIn(value, `${name}${piece}`));
  }
}

/**
 * Writes a list of names as Keras does (keras.src.legacy.saving.legacy_h5_format.save_attributes_to_hdf5_group): in as
 * few near-equal pieces as fit into attributes.
 * @throws {FormatError} when a single name is longer than an attribute can be
 */
export function writeListAttr(attrs: Map<string, H5Attr>, name: string, list: readonly string[]): void {
  const encoder = new TextEncoder();
  const longest = Math.max(0, ...list.map((item) => encoder.encode(item).length));
  if (longest > ATTRIBUTE_LIMIT) {
    throw new FormatError({
      code: "hdf5-name-too-long",
      what: `A name in "${name}" is too long for HDF5`,
      received: `${longest} bytes`,
      expected: `at most ${ATTRIBUTE_LIMIT}`,
      fix: 'Use shorter names, or save as ".keras"',
    });
  }
  const pieces = Math.ceil((list.length * Math.max(longest, REFERENCE_BYTES)) / ATTRIBUTE_LIMIT);
  if (pieces <= 1) {
    attrs.set(name, [...list]);
    return;
  }
  // As numpy.array_split: the first (length % pieces) pieces have one item more.
  const small = Math.floor(list.length / pieces);
  const larger = list.length % pieces;
  for (let piece = 0, at = 0; piece < pieces; piece++) {
    const end = at + small + (piece < larger ? 1 : 0);
    attrs.set(`${name}${piece}`, list.slice(at, end));
    at = end;
  }
}

function namesIn(value: H5Attr, name: string): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return [...(value as readonly string[])];
  // NumPy makes an empty list an array of float64.
  if (value instanceof Tensor && value.size === 0) return [];
  if (value instanceof Tensor && value.dtype === "string") return [...(value.data as unknown as string[])];
  throw new FormatError({
    code: "hdf5-not-names",
    what: `The attribute "${name}" is not a list of names`,
    received: value instanceof Tensor ? `an array of ${value.dtype}` : typeof value,
  });
}
