import { StateError } from "../core/errors.js";
import type { Json } from "../core/stateful.js";

const encoder = new TextEncoder();
const OPEN = encoder.encode('{"json":');
const MIDDLE = encoder.encode(',"tensors":');
const CHAIN = encoder.encode(',"chain":');
const CLOSE = encoder.encode("}");

/** Members of a state's plain data that stay the same from save to save, already encoded as JSON. */
export type FixedMembers = Readonly<Record<string, Uint8Array>>;

/**
 * UTF-8 of the value's JSON.
 * @throws {StateError} for numbers that are not finite, which JSON would silently turn into null
 */
export function encodeJson(json: Json): Uint8Array {
  checkFinite(json, "");
  return encoder.encode(JSON.stringify(json));
}

/**
 * The header of a checkpoint: plain data and a table of tensors.
 * @param fixed more members of `json`, which must then be an object
 * @param chain the state's place in the chain of states; null for none
 */
export function encodeHeader(json: Json, fixed: FixedMembers, tensors: Json, chain: Json): readonly Uint8Array[] {
  const plain = encodeJson(json);
  const parts = [OPEN, plain];
  let empty = plain.length === 2;
  const entries = Object.entries(fixed);
  if (entries.length > 0) parts[1] = plain.subarray(0, -1);
  for (const [name, bytes] of entries) {
    parts.push(encoder.encode(`${empty ? "" : ","}${JSON.stringify(name)}:`), bytes);
    empty = false;
  }
  if (entries.length > 0) parts.push(CLOSE);
  const mark = chain === null ? [] : [CHAIN, encoder.encode(JSON.stringify(chain))];
  return [...parts, MIDDLE, encoder.encode(JSON.stringify(tensors)), ...mark, CLOSE];
}

function checkFinite(value: Json, key: string): void {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw new StateError({
      code: "not-json",
      what: `State holds ${value} under "${key}"`,
      expected: 'finite numbers, or the strings "NaN", "Infinity" and "-Infinity"',
    });
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) checkFinite(item, key);
    return;
  }
  const members = value as { readonly [key: string]: Json };
  for (const name in members) checkFinite(members[name]!, name);
}
