import { treeSum } from "../../graph/shards.js";
import type { Value } from "../../graph/value.js";
import type { Slot } from "../session.js";
import { type Cluster, operandsOf } from "./clusters.js";
import { addressOf, type Kernel, numbers, segmentOf, vectorBytes } from "./kernel.js";
import { constantOf, constantText, isScalar, LANE_OPS, type LaneOp } from "./lanes.js";
import { addInJavaScript } from "./tree-sum.js";

const VECTOR_BYTES = 16;

/** Inputs of a cluster that are sums over shards, which the kernel adds up itself, and which shards have rows. */
export interface Sums {
  readonly values: ReadonlySet<Value>;
  readonly isPresent: readonly boolean[];
}

const NO_SUMS: Sums = { values: new Set(), isPresent: [] };

/**
 * The kernel of a cluster: one pass over its inputs, four elements at a time, which writes all outputs. Instead of an
 * input that is a sum it takes the parts of the shards that have rows, in their order.
 */
export function fusedKernel(cluster: Cluster, sums: Sums = NO_SUMS): Kernel {
  const text = fusedText(cluster, sums);
  const count = sums.isPresent.filter(Boolean).length;
  const moves = cluster.inputs.flatMap((input): number[] =>
    sums.values.has(input) ? new Array(count).fill(1) : [isScalar(input) ? 0 : 1],
  );
  moves.push(...cluster.outputs.map(() => 1));
  return {
    call(inputs, outputs) {
      const slots = [...inputs, ...outputs];
      const segment = segmentOf(slots);
      if (segment === undefined) return null;
      const along = { bytes: vectorBytes(outputs[0]!), moves };
      return { text, name: "fused", segment, parameters: slots.map(addressOf), along };
    },
    compute: (inputs, outputs) => computeInJavaScript(cluster, inputs, outputs, sums),
  };
}

/** The cluster as a WebAssembly function `fused(bytes, inputs…, outputs…)`. */
export function fusedText({ inputs, members, outputs }: Cluster, { values, isPresent }: Sums = NO_SUMS): string {
  const names = new Map<Value, string>();
  const parameters: string[] = [];
  const locals: string[] = [];
  const once: string[] = [];
  const body: string[] = [];
  const keep = (value: Value, text: string, to: string[]): void => {
    const local = `$v${locals.length}`;
    locals.push(local);
    names.set(value, `(local.get ${local})`);
    to.push(`(local.set ${local} ${text})`);
  };
  const parameter = (name: string): string => {
    parameters.push(`$${name}`);
    return `(local.get $${name})`;
  };
  const load = (name: string): string => `(v128.load (i32.add ${parameter(name)} (local.get $at)))`;
  for (const [i, input] of inputs.entries()) {
    if (values.has(input)) {
      const parts = isPresent.map((present, shard) => (present ? load(`in${i}_${shard}`) : null));
      keep(input, treeSum(parts, (a, b) => `(f32x4.add ${a} ${b})`)!, body);
    } else if (!isScalar(input)) keep(input, load(`in${i}`), body);
    else if (input.dtype === "bool")
      keep(input, `(i32x4.splat (i32.sub (i32.const 0) (i32.load8_u ${parameter(`in${i}`)})))`, once);
    else keep(input, `(f32x4.splat (f32.load ${parameter(`in${i}`)}))`, once);
  }
  for (const member of members) {
    const operands = operandsOf(member);
    for (const operand of operands) if (!names.has(operand)) keep(operand, constantText(operand), once);
    keep(member, laneOp(member).text(...operands.map((operand) => names.get(operand)!)), body);
  }
  const stores = outputs.map(
    (output, i) => `(v128.store (i32.add ${parameter(`out${i}`)} (local.get $at)) ${names.get(output)!})`,
  );
  return `(func $fused ${["$bytes", ...parameters].map((name) => `(param ${name} i32)`).join(" ")}
    (local $at i32) ${locals.map((name) => `(local ${name} v128)`).join(" ")}
    ${once.join("\n")}
    (loop $next
      ${[...body, ...stores].join("\n")}
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const ${VECTOR_BYTES}))) (local.get $bytes)))))`;
}

function laneOp(member: Value): LaneOp {
  return LANE_OPS[member.op]!;
}

/** The same for tensors that lie in different memories, element by element. */
export function computeInJavaScript(
  { inputs, members, outputs }: Cluster,
  from: readonly Slot[],
  to: readonly Slot[],
  { values, isPresent }: Sums = NO_SUMS,
): void {
  const pending = [...from];
  const take = (): Slot => pending.shift()!;
  const arrays = new Map(
    inputs.map((input) => {
      if (!values.has(input)) return [input, numbers(take())];
      const sum = new Float32Array(numbers(to[0]!).length);
      addInJavaScript(isPresent, isPresent.filter(Boolean).map(take).map(numbers), sum);
      return [input, sum];
    }),
  );
  const targets = to.map(numbers);
  const present = new Map<Value, number>();
  for (let i = 0; i < targets[0]!.length; i++) {
    for (const [input, array] of arrays) present.set(input, array[isScalar(input) ? 0 : i]!);
    for (const member of members) {
      const [a, b, c] = operandsOf(member).map((operand) => present.get(operand) ?? constantOf(operand));
      present.set(member, Math.fround(laneOp(member).number(a!, b!, c!)));
    }
    for (const [k, output] of outputs.entries()) targets[k]![i] = present.get(output)!;
  }
}
