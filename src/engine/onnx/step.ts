import { placeOf } from "../../graph/plan.js";
import type { Value } from "../../graph/value.js";
import type { KernelCall } from "../kernels/index.js";
import type { ConvKernelModels } from "./conv-kernel.js";
import type { Emitted } from "./emit.js";

/** One of the steps of a program, done in order. `each`: for every shard, else once for all. */
export type Step =
  | { readonly kind: "session"; readonly each: boolean; readonly emitted: Emitted; readonly outputs: readonly Value[] }
  | {
      readonly kind: "kernel";
      readonly each: boolean;
      readonly call: KernelCall;
      readonly outputs: readonly Value[];
      /** Sums over shards that the kernel adds up itself, each with the value of its parts. */
      readonly sums?: ReadonlyMap<Value, Value>;
    }
  | {
      readonly kind: "convKernel";
      readonly each: boolean;
      readonly node: Value<"convKernel">;
      readonly models: ConvKernelModels;
      readonly outputs: readonly Value[];
    }
  | { readonly kind: "allSum"; readonly parts: readonly Value[]; readonly sums: readonly Value[] };

/** What a step reads. Rows that are exchanged are read where they were written. */
export function readsOf(step: Step): readonly Value[] {
  return operandsOf(step).map(placeOf);
}

function operandsOf(step: Step): readonly Value[] {
  switch (step.kind) {
    case "allSum":
      return step.parts;
    case "kernel":
      return step.call.inputs;
    case "convKernel":
      return step.node.inputs;
    case "session":
      return step.emitted.inputs;
  }
}

/** The models of a step's sessions. */
export function modelsOf(step: Step): readonly Uint8Array[] {
  if (step.kind === "session") return [step.emitted.model];
  if (step.kind !== "convKernel") return [];
  const { first, next, layout } = step.models;
  return [first, next, ...(layout === null ? [] : [layout])];
}
