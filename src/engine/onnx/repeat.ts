import { type ComputeStage, type Plan, placeOf, type Stage } from "../../graph/plan.js";
import type { Value } from "../../graph/value.js";
import { reachable } from "../../graph/walk.js";
import { ChannelOps } from "../kernels/channel-ops.js";

/**
 * The stages of a plan, changed to recompute some values instead of passing them on: channel operations over few
 * tensors that no session needs, such as a deviation from a mean or a gradient behind a ReLU.
 */
export function repeatOverStages({ stages, outputs }: Plan): readonly Stage[] {
  const order = reachable(outputs);
  const ops = new ChannelOps("first", new Set(order.filter(isLeaf)), outputs, order);
  const handedOn = new Set(stages.flatMap((stage) => (stage.kind === "allSum" ? stage.sums : stage.outputs)));
  const owned = stages.map((stage) => (stage.kind === "allSum" ? new Set<Value>() : ownOf(stage)));

  /** What a stage reads when it recomputes what it can. */
  const inputsOf = (stage: ComputeStage, wanted: readonly Value[], own: ReadonlySet<Value>): Value[] => {
    const given = new Set(stage.inputs);
    const inputs = new Set<Value>();
    const seen = { asOwn: new Set<Value>(), forRepeated: new Set<Value>() };
    const pending = wanted.map((value): readonly [Value, boolean] => [value, false]);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [value, isForRepeated] = next;
      const before = isForRepeated ? seen.forRepeated : seen.asOwn;
      if (before.has(value)) continue;
      before.add(value);
      const isOthers = value.op !== "constant" && (given.has(value) || !own.has(value));
      const isView = isForRepeated && (value.op === "reshape" || value.op === "broadcast");
      const isRepeated = isOthers && stage.kind === "shards" && (isView || ops.isRepeatable(value));
      if (isLeaf(value) || (isOthers && !isRepeated)) inputs.add(value);
      else pending.push(...value.inputs.map((input) => [input, isRepeated] as const));
    }
    return [...inputs].sort((a, b) => a.id - b.id);
  };

  const wanted = new Set(outputs);
  const result: Stage[] = [];
  for (let i = stages.length - 1; i >= 0; i--) {
    const stage = stages[i]!;
    if (stage.kind === "allSum") {
      for (const part of stage.parts) wanted.add(part);
      result.push(stage);
      continue;
    }
    const isFirst = (value: Value): boolean => owned.findIndex((own) => own.has(value)) === i;
    const added = [...owned[i]!].filter((value) => wanted.has(value) && !handedOn.has(value) && isFirst(value));
    const kept = [...stage.outputs.filter((value) => wanted.has(value)), ...added.sort((a, b) => a.id - b.id)];
    if (kept.length === 0) continue;
    const inputs = inputsOf(stage, kept, owned[i]!);
    for (const input of inputs) wanted.add(placeOf(input));
    result.push({ kind: stage.kind, inputs, outputs: kept });
  }
  return result.reverse();
}

/** What a stage computes. */
function ownOf({ inputs, outputs }: ComputeStage): Set<Value> {
  const given = new Set(inputs);
  const own = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (own.has(value) || given.has(value)) continue;
    own.add(value);
    pending.push(...value.inputs);
  }
  return own;
}

const isLeaf = (value: Value): boolean => value.op === "input" || value.op === "random";
