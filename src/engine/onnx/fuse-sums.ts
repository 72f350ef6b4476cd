import type { Value } from "../../graph/value.js";
import { MAX_TENSORS } from "../kernels/clusters.js";
import { readsOf, type Step } from "./step.js";

type KernelStep = Extract<Step, { kind: "kernel" }>;

/**
 * Lets a fused kernel add up the sums over shards that only it reads: this saves writing and reading gradients once
 * more.
 * @param kept values that are read from outside
 */
export function fuseSums(steps: readonly Step[], shards: number, kept: ReadonlySet<Value>): Step[] {
  const readers = new Map<Value, Step[]>();
  for (const step of steps)
    for (const value of readsOf(step)) (readers.get(value) ?? readers.set(value, []).get(value)!).push(step);

  const fused = new Map<KernelStep, Map<Value, Value>>();
  const gone = new Set<Value>();
  for (const step of steps) {
    if (step.kind !== "allSum") continue;
    for (const [i, sum] of step.sums.entries()) {
      const [reader, ...others] = readers.get(sum) ?? [];
      if (reader?.kind !== "kernel" || others.length > 0 || kept.has(sum)) continue;
      const { cluster } = reader.call;
      if (cluster === undefined || reader.each || sum.dtype !== "float32" || !sameShape(sum, cluster.shape)) continue;
      const sums = fused.get(reader) ?? new Map<Value, Value>();
      const tensors = cluster.inputs.length + cluster.outputs.length + (sums.size + 1) * (shards - 1);
      if (tensors > MAX_TENSORS) continue;
      fused.set(reader, sums.set(sum, step.parts[i]!));
      gone.add(sum);
    }
  }
  return steps.flatMap((step): Step[] => {
    if (step.kind === "kernel") return [fused.has(step) ? { ...step, sums: fused.get(step)! } : step];
    if (step.kind !== "allSum") return [step];
    const left = step.sums.flatMap((sum, i) => (gone.has(sum) ? [] : [i]));
    if (left.length === 0) return [];
    return [{ ...step, parts: left.map((i) => step.parts[i]!), sums: left.map((i) => step.sums[i]!) }];
  });
}

const sameShape = ({ shape }: Value, other: readonly number[]): boolean =>
  shape.length === other.length && shape.every((dim, i) => dim === other[i]);
