const MASK = 0xffff_ffff_ffff_ffffn;

const utf8 = new TextEncoder();

const rotated = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & MASK;

/**
 * SipHash-2-4 (Aumasson, Bernstein 2012) of a text in UTF-8, or of bytes, with a key of two numbers of 64 bits: what
 * Keras's `salt` is.
 */
export function sipHash(text: string | Uint8Array, key: readonly [bigint, bigint]): bigint {
  const bytes = typeof text === "string" ? utf8.encode(text) : text;
  const [k0, k1] = key;
  let v0 = k0 ^ 0x736f_6d65_7073_6575n;
  let v1 = k1 ^ 0x646f_7261_6e64_6f6dn;
  let v2 = k0 ^ 0x6c79_6765_6e65_7261n;
  let v3 = k1 ^ 0x7465_6462_7974_6573n;
  const round = (): void => {
    v0 = (v0 + v1) & MASK;
    v1 = rotated(v1, 13n) ^ v0;
    v0 = rotated(v0, 32n);
    v2 = (v2 + v3) & MASK;
    v3 = rotated(v3, 16n) ^ v2;
    v0 = (v0 + v3) & MASK;
    v3 = rotated(v3, 21n) ^ v0;
    v2 = (v2 + v1) & MASK;
    v1 = rotated(v1, 17n) ^ v2;
    v2 = rotated(v2, 32n);
  };
  const take = (word: bigint): void => {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  };
  const whole = bytes.length & ~7;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 8) take(view.getBigUint64(at, true));
  let last = BigInt(bytes.length & 0xff) << 56n;
  for (let at = whole; at < bytes.length; at++) last |= BigInt(bytes[at]!) << BigInt((at - whole) * 8);
  take(last);
  v2 ^= 0xffn;
  for (let i = 0; i < 4; i++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}
