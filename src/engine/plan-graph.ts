import type { Plan } from "../graph/plan.js";
import type { Value } from "../graph/value.js";
import { reachable } from "../graph/walk.js";

/** The stages that compute `outputs`. */
export function planGraph(outputs: readonly Value[], _shards: number): Plan {
  const inputs = reachable(outputs).filter((value) => value.op === "input" || value.op === "random");
  const given = new Set(inputs);
  const computed = [...new Set(outputs)].filter((value) => !given.has(value));
  const stages = computed.length === 0 ? [] : [{ kind: "shards" as const, inputs, outputs: computed }];
  return { shards: 1, stages, outputs, oneShard: null };
}
