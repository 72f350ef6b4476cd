import { farmFingerprint } from "../../core/farm-hash.js";
import { type Field, wrongOption } from "../../core/options.js";
import { sipHash } from "../../core/sip-hash.js";
import type { Json } from "../../core/stateful.js";

/** A key of the hash: two numbers of 64 bits, or one for both. */
export type Salt = number | bigint | readonly (number | bigint)[];

/** The option `salt`, as Keras writes it: null or two numbers. */
export const saltField: Field<readonly (number | bigint)[] | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const list: unknown[] = Array.isArray(value) ? value : [value, value];
    const isWhole = (item: unknown): boolean =>
      typeof item === "bigint" || (typeof item === "number" && Number.isSafeInteger(item));
    if (list.length === 2 && list.every(isWhole)) return list as number[];
    throw wrongOption(where, "an integer or a list of two integers", value);
  },
  toConfig: (salt) => (salt === null ? null : (salt.map(Number) as Json)),
};

/** The bucket of a text, 0 … buckets - 1, as TensorFlow chooses it: by FarmHash, or with a salt by SipHash. */
export function bucketOf(text: string, buckets: number, salt: readonly (number | bigint)[] | null): number {
  const hash = salt === null ? farmFingerprint(text) : sipHash(text, [word(salt[0]!), word(salt[1]!)]);
  return Number(hash % BigInt(buckets));
}

const word = (value: number | bigint): bigint => BigInt.asUintN(64, BigInt(value));

/** A whole number as TensorFlow writes it. @param value cut to a whole one, as a cast to int64 does */
export function wholeText(value: number | bigint): string {
  return typeof value === "bigint" ? String(value) : String(BigInt(Math.trunc(value)));
}
