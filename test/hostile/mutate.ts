import type { Json } from "../../src/core/stateful.js";

/** Pseudo-random numbers from a seed, so that any case can be repeated. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 … n - 1 (mulberry32). */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
}

/** Values that are dangerous as sizes, counts and offsets. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** A few changes of bytes: flips, overwritten numbers, pieces removed, doubled or zeroed, or the end cut off. */
export function mutateBytes(original: Uint8Array, chance: Chance): Uint8Array {
  let bytes: Uint8Array = original.slice();
  for (let left = 1 + chance.below(4); left > 0 && bytes.length > 8; left--) {
    const at = chance.below(bytes.length);
    const length = 1 + chance.below(Math.min(bytes.length - at, chance.pick([4, 32, 512])));
    switch (chance.below(7)) {
      case 0:
      case 1:
        bytes[at]! ^= 1 << chance.below(8);
        break;
      case 2:
        bytes[at] = chance.below(256);
        break;
      case 3:
        if (at + 4 <= bytes.length)
          new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, chance.pick(NUMBERS), true);
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 5:
        bytes = joined(bytes.subarray(0, at + length), bytes.subarray(at));
        break;
      case 6:
        if (chance.below(4) === 0) bytes = bytes.slice(0, at);
        else bytes.fill(0, at, at + length);
        break;
    }
  }
  return bytes;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  1e9,
  2 ** 53,
  -1e300,
  "",
  "x",
  "NaN",
  "__proto__",
  "constructor",
  "relu",
  "Dense",
  "adam",
  [],
  {},
  [[]],
  [null, null],
  [-1, 1e9],
  ["x", 0, 0, {}],
  { class_name: "Dense", config: {} },
  { class_name: "toString", config: { units: 3 } },
  { class_name: "__tensor__", config: { value: [1], dtype: "float32" } },
];

type Mutable = Mutable[] | { [key: string]: Mutable } | null | boolean | number | string;

/** A few changes of plain data: values of other types, entries removed, doubled, renamed or moved. */
export function mutateJson(original: Json, chance: Chance): Json {
  const root = { root: structuredClone(original) as Mutable };
  for (let left = 1 + chance.below(3); left > 0; left--) {
    const places = placesIn(root);
    const { holder, key } = chance.pick(places);
    const other = chance.pick(places);
    const own = holder as { [key: string]: Mutable };
    switch (chance.below(6)) {
      case 0:
      case 1:
        own[key] = structuredClone(chance.pick(VALUES)) as Mutable;
        break;
      case 2:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else if (key !== "root") delete own[key];
        break;
      case 3:
        if (Array.isArray(holder)) holder.push(structuredClone(own[key]!));
        else own[`${key}_2`] = structuredClone(own[key]!);
        break;
      case 4:
        own[key] = structuredClone((other.holder as { [key: string]: Mutable })[other.key]!);
        break;
      case 5:
        if (typeof own[key] === "number") own[key] = chance.pick([-1, 0, 2 ** 31, 2 ** 53, 0.5, own[key] + 1]);
        else if (typeof own[key] === "string") own[key] = `${own[key]}${chance.pick(["", "/..", "\0", "é"])}`;
        break;
    }
  }
  return root.root as Json;
}

function placesIn(value: Mutable): { holder: Mutable; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [{ holder: value, key }, ...placesIn(item)]);
}
