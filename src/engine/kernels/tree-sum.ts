import { treeSum as sumInTree } from "../../graph/shards.js";
import type { Slot } from "../session.js";
import { addressOf, type Kernel, numbers, segmentOf, vectorBytes } from "./kernel.js";

type Numbers = Float32Array | Int32Array | Uint8Array;

const VECTOR_BYTES = 16;

/**
 * Adds tensors element by element in the fixed tree of graph/shards.ts, each sum rounded to the elements' type: the
 * bits depend only on the number of shards. The inputs are the parts of the shards that are present (have rows); the
 * others add nothing. Every tensor must be a separate block, which the arena rounds up to whole vectors.
 */
export function treeSum(isPresent: readonly boolean[]): Kernel {
  const texts = new Map<string, string>();
  const textFor = (add: string): string => {
    let text = texts.get(add);
    if (text === undefined) texts.set(add, (text = treeSumText(isPresent, add)));
    return text;
  };
  return {
    call(inputs, [output]) {
      const slots = [output!, ...inputs];
      const segment = segmentOf(slots);
      const bytes = vectorBytes(output!);
      if (segment === undefined || inputs.length === 0 || bytes === 0) return null;
      const text = textFor(output!.dtype === "int32" ? "i32x4.add" : "f32x4.add");
      const along = { bytes, moves: slots.map(() => 1) };
      return { text, name: "treeSum", segment, parameters: slots.map(addressOf), along };
    },
    compute: (inputs, [output]) => inJavaScript(isPresent, inputs, output!),
  };
}

/** The sum as a WebAssembly function `treeSum(bytes, out, parts…)`. */
function treeSumText(isPresent: readonly boolean[], add: string): string {
  const parameters: string[] = [];
  const parts = isPresent.map((present, shard) => {
    if (!present) return null;
    parameters.push(`$part${shard}`);
    return `(v128.load (i32.add (local.get $part${shard}) (local.get $at)))`;
  });
  return `(func $treeSum ${["$bytes", "$out", ...parameters].map((name) => `(param ${name} i32)`).join(" ")}
    (local $at i32)
    (loop $next
      (v128.store (i32.add (local.get $out) (local.get $at)) ${sumInTree(parts, (a, b) => `(${add} ${a} ${b})`)})
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const ${VECTOR_BYTES}))) (local.get $bytes)))))`;
}

/** The same for tensors that lie in different memories. */
export function inJavaScript(isPresent: readonly boolean[], inputs: readonly Slot[], output: Slot): void {
  addInJavaScript(isPresent, inputs.map(numbers), numbers(output));
}

/** Adds the arrays of the shards that are present, in the fixed tree. */
export function addInJavaScript(isPresent: readonly boolean[], arrays: readonly Numbers[], out: Numbers): void {
  const pending = arrays.map((array) => array.slice());
  const parts = isPresent.map((present) => (present ? pending.shift()! : null));
  const sum = sumInTree<Numbers>(parts, (left, right) => {
    for (let i = 0; i < left.length; i++) left[i] = left[i]! + right[i]!;
    return left;
  });
  if (sum === null) out.fill(0);
  else out.set(sum);
}
