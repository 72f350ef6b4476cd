import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { farmFingerprint, joinFingerprints } from "./farm-hash.js";
import { sipHash } from "./sip-hash.js";

/** Made by interop/fixtures/hashes.py. */
const fixture = JSON.parse(readFileSync(new URL("../../test/fixtures/keras/hashes.json", import.meta.url), "utf8")) as {
  readonly texts: readonly string[];
  readonly fast: readonly string[];
  readonly keys: readonly (readonly [string, string])[];
  readonly strong: readonly (readonly string[])[];
  readonly ints: readonly string[];
  readonly crossed: { readonly [kind: string]: readonly (string | number)[] };
};
const BUCKETS = 2n ** 63n - 1n;
const KEY = 0xdeca_fcaf_fen;

test("the fingerprint of a text of any length is FarmHash's, as TensorFlow computes it", () => {
  expect(fixture.texts.map((text) => String(farmFingerprint(text) % BUCKETS))).toEqual(fixture.fast);
});

test("the hash with a key is SipHash's, as TensorFlow computes it", () => {
  fixture.keys.forEach(([a, b], i) => {
    const hashes = fixture.texts.map((text) => String(sipHash(text, [BigInt(a), BigInt(b)]) % BUCKETS));
    expect(hashes).toEqual(fixture.strong[i]);
  });
});

test("fingerprints are joined as TensorFlow crosses features", () => {
  const { texts, crossed } = fixture;
  const ints = fixture.ints.map((text) => BigInt.asUintN(64, BigInt(text)));
  const cross = (features: readonly bigint[], buckets = BUCKETS): string =>
    String(features.reduce(joinFingerprints, KEY) % buckets);
  const of = farmFingerprint;
  expect(texts.slice(0, 40).map((text, i) => cross([of(text), of(texts[40 + i]!)]))).toEqual(crossed["texts"]);
  expect(ints.map((int, i) => cross([of(texts[i]!), int]))).toEqual(crossed["mixed"]);
  expect(ints.map((int) => cross([int, int, int]))).toEqual(crossed["ints"]);
  expect(ints.map((int) => Number(cross([int, int], 10n)))).toEqual(crossed["ten"]);
});
