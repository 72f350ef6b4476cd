import type { Value } from "../../graph/value.js";
import { type Kernel, zeroConstant } from "./kernel.js";
import { maxPoolGrad, maxPoolReluGrad } from "./max-pool-grad.js";
import { scatterAdd } from "./scatter-add.js";

/** A value that a kernel computes, and from what. */
export interface KernelCall {
  readonly name: string;
  readonly kernel: Kernel;
  readonly inputs: readonly Value[];
}

/** The kernel for a value, or undefined when it belongs into a session. */
export function kernelCallOf(value: Value): KernelCall | undefined {
  switch (value.op) {
    case "scatterAdd":
      return { name: "scatterAdd", kernel: scatterAdd((value as Value<"scatterAdd">).attrs), inputs: value.inputs };
    case "maxPoolGrad":
      return { name: "maxPoolGrad", kernel: maxPoolGrad((value as Value<"maxPoolGrad">).attrs), inputs: value.inputs };
    case "where":
      return maskedPoolGrad(value);
    default:
      return undefined;
  }
}

/** where(y > 0, maxPoolGrad(y, …), 0): the gradient of ReLU followed by a pooling, in one pass over the tensor. */
function maskedPoolGrad({ inputs: [condition, gradient, other] }: Value): KernelCall | undefined {
  if (condition?.op !== "greater" || gradient?.op !== "maxPoolGrad" || !zeroConstant(other!)) return undefined;
  const [x, threshold] = condition.inputs;
  if (x !== gradient.inputs[0] || !zeroConstant(threshold!)) return undefined;
  const { attrs } = gradient as Value<"maxPoolGrad">;
  return { name: "maxPoolReluGrad", kernel: maxPoolReluGrad(attrs), inputs: gradient.inputs };
}
