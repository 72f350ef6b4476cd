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
const fill = (name: string, op: string, toElement: (word: string) => string, after = ""): string => `
(func ${name} (param $bytes i32) (param $out i32) (param $first i32) (param $seed i32) (param $stream i32) (param $low i32)
  (param $high i32) (local $end i32) (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32) (local $a i32)
  (local $b i32) (local $p i64) (local $q i64) ${NORMAL_LOCALS}
  (local.set $end (i32.add (local.get $out) (local.get $bytes)))
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

/**
 * Philox 4x32-10, the same words as core/philox.ts (whose comments name the source): `uniforms` writes numbers in
 * [0, 1) of 24 bits, `normals` the quantiles of core/normal.ts.
 */
export const PHILOX: string = `${fill("$normals", "i32.store", (word) => word, NORMAL)}
${fill("$uniforms", "f32.store", (word) => `(f32.mul (f32.convert_i32_u (i32.shr_u ${word} (i32.const 8))) (f32.const ${2 ** -24}))`)}`;
