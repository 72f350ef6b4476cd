import { NORMAL, NORMAL_LOCALS } from "./normal.js";

/** One round: new words from the products of words 0 and 2 with the multipliers, mixed with 1, 3 and the key. */
const ROUND = `
  (local.set $p (i64.mul (i64.extend_i32_u (local.get $c0)) (i64.const 0xd2511f53)))
  (local.set $q (i64.mul (i64.extend_i32_u (local.get $c2)) (i64.const 0xcd9e8d57)))
  (local.set $c0 (i32.xor (i32.xor (i32.wrap_i64 (i64.shr_u (local.get $q) (i64.const 32))) (local.get $c1)) (local.get $a)))
  (local.set $c2 (i32.xor (i32.xor (i32.wrap_i64 (i64.shr_u (local.get $p) (i64.const 32))) (local.get $c3)) (local.get $b)))
  (local.set $c1 (i32.wrap_i64 (local.get $q)))
  (local.set $c3 (i32.wrap_i64 (local.get $p)))
  (local.set $a (i32.add (local.get $a) (i32.const -1640531527)))
  (local.set $b (i32.add (local.get $b) (i32.const -1150833019)))`;

const WORDS = ["$c0", "$c1", "$c2", "$c3"];
const word = (index: number, toElement: (word: string) => string, op: string): string =>
  `(${op} offset=${4 * index} (local.get $out) ${toElement(`(local.get ${WORDS[index]!})`)})`;

/** Writes `bytes` bytes of a tensor from block `first` of its numbers on, in whole blocks of four. */
const fill = (
  name: string,
  op: string,
  toElement: (word: string) => string,
  {
    after = "",
    locals = "",
    before = "",
  }: { readonly after?: string; readonly locals?: string; readonly before?: string },
): string => `
(func ${name} (param $bytes i32) (param $out i32) (param $first i32) (param $seed i32) (param $stream i32) (param $low i32)
  (param $high i32) (local $end i32) (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32) (local $a i32)
  (local $b i32) (local $p i64) (local $q i64) ${locals}
  (local.set $end (i32.add (local.get $out) (local.get $bytes)))
  ${before}
  (loop $next
    (local.set $c0 (local.get $first)) (local.set $c1 (i32.const 0))
    (local.set $c2 (local.get $low)) (local.set $c3 (local.get $high))
    (local.set $a (local.get $seed)) (local.set $b (local.get $stream))
    ${ROUND.repeat(10)}
    ${WORDS.map((_, index) => word(index, toElement, op)).join("\n")}
    ${after}
    (local.set $out (i32.add (local.get $out) (i32.const 16)))
    (local.set $first (i32.add (local.get $first) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))`;

const lanes = (...which: readonly number[]): string =>
  which.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(" ");
const EVEN = lanes(0, 2, 4, 6);
const ODD = lanes(1, 3, 5, 7);
const xor = (a: string, b: string): string => `(v128.xor ${a} ${b})`;

/** A round of four counters at a time: the 64-bit products two by two, then their lower and higher words. */
const ROUND_OF_FOUR = `
  (local.set $pl (i64x2.extmul_low_i32x4_u (local.get $v0) (local.get $first_factor)))
  (local.set $ph (i64x2.extmul_high_i32x4_u (local.get $v0) (local.get $first_factor)))
  (local.set $ql (i64x2.extmul_low_i32x4_u (local.get $v2) (local.get $second_factor)))
  (local.set $qh (i64x2.extmul_high_i32x4_u (local.get $v2) (local.get $second_factor)))
  (local.set $v0 ${xor(xor(`(i8x16.shuffle ${ODD} (local.get $ql) (local.get $qh))`, "(local.get $v1)"), "(local.get $va)")})
  (local.set $v2 ${xor(xor(`(i8x16.shuffle ${ODD} (local.get $pl) (local.get $ph))`, "(local.get $v3)"), "(local.get $vb)")})
  (local.set $v1 (i8x16.shuffle ${EVEN} (local.get $ql) (local.get $qh)))
  (local.set $v3 (i8x16.shuffle ${EVEN} (local.get $pl) (local.get $ph)))
  (local.set $va (i32x4.add (local.get $va) (i32x4.splat (i32.const -1640531527))))
  (local.set $vb (i32x4.add (local.get $vb) (i32x4.splat (i32.const -1150833019))))`;

const shuffled = (which: string, a: string, b: string): string =>
  `(i8x16.shuffle ${which} (local.get $${a}) (local.get $${b}))`;
const uniform = (words: string): string =>
  `(f32x4.mul (f32x4.convert_i32x4_u (i32x4.shr_u ${words} (i32.const 8))) (f32x4.splat (f32.const ${2 ** -24})))`;

/** Words of four counters, a vector for each word, to the order of the counters. */
const FOUR_COUNTERS = `
  (local.set $pl ${shuffled(lanes(0, 4, 1, 5), "v0", "v1")}) (local.set $ph ${shuffled(lanes(2, 6, 3, 7), "v0", "v1")})
  (local.set $ql ${shuffled(lanes(0, 4, 1, 5), "v2", "v3")}) (local.set $qh ${shuffled(lanes(2, 6, 3, 7), "v2", "v3")})
  (v128.store offset=0 (local.get $out) ${uniform(shuffled(lanes(0, 1, 4, 5), "pl", "ql"))})
  (v128.store offset=16 (local.get $out) ${uniform(shuffled(lanes(2, 3, 6, 7), "pl", "ql"))})
  (v128.store offset=32 (local.get $out) ${uniform(shuffled(lanes(0, 1, 4, 5), "ph", "qh"))})
  (v128.store offset=48 (local.get $out) ${uniform(shuffled(lanes(2, 3, 6, 7), "ph", "qh"))})`;

/** The uniform numbers of four blocks at a time, as many as there are; the rest by `fill`. */
const BY_FOURS = `
  (local.set $first_factor (i32x4.splat (i32.const -766435501)))
  (local.set $second_factor (i32x4.splat (i32.const -845247145)))
  (block $few
    (loop $fours
      (br_if $few (i32.gt_u (i32.add (local.get $out) (i32.const 64)) (local.get $end)))
      (local.set $v0 (i32x4.splat (local.get $first)))
      ${[1, 2, 3].map((lane) => `(local.set $v0 (i32x4.replace_lane ${lane} (local.get $v0) (i32.add (local.get $first) (i32.const ${lane}))))`).join("\n")}
      (local.set $v1 (i32x4.splat (i32.const 0)))
      (local.set $v2 (i32x4.splat (local.get $low))) (local.set $v3 (i32x4.splat (local.get $high)))
      (local.set $va (i32x4.splat (local.get $seed))) (local.set $vb (i32x4.splat (local.get $stream)))
      ${ROUND_OF_FOUR.repeat(10)}
      ${FOUR_COUNTERS}
      (local.set $out (i32.add (local.get $out) (i32.const 64)))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (br $fours)))
  (if (i32.ge_u (local.get $out) (local.get $end)) (then (return)))`;
const VECTORS = "first_factor second_factor v0 v1 v2 v3 va vb pl ph ql qh"
  .split(" ")
  .map((name) => `(local $${name} v128)`)
  .join(" ");

/**
 * Philox 4x32-10, the same words as core/philox.ts (whose comments name the source): `uniforms` writes numbers in
 * [0, 1) of 24 bits, `normals` the quantiles of core/normal.ts.
 */
export const PHILOX: string = `${fill("$normals", "i32.store", (word) => word, { after: NORMAL, locals: NORMAL_LOCALS })}
${fill(
  "$uniforms",
  "f32.store",
  (word) => `(f32.mul (f32.convert_i32_u (i32.shr_u ${word} (i32.const 8))) (f32.const ${2 ** -24}))`,
  {
    locals: VECTORS,
    before: BY_FOURS,
  },
)}`;
