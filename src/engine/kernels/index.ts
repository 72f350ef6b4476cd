import { isZero } from "../../graph/row-rule.js";
import type { Value } from "../../graph/value.js";
import { arranged } from "./arrange.js";
import { findChannelClusters } from "./channel-clusters.js";
import { channelKernel } from "./channel-kernel.js";
import { type Cluster, findClusters } from "./clusters.js";
import { depthwise } from "./depthwise.js";
import { fusedKernel } from "./fused.js";
import type { Kernel } from "./kernel.js";
import { maxPool } from "./max-pool.js";
import { maxPoolGrad, maxPoolReluGrad } from "./max-pool-grad.js";
import { scatterAdd } from "./scatter-add.js";

/** A kernel with its input and output values. */
export interface KernelCall {
  readonly name: string;
  /** null: several parts instead, which alternate patches and products (onnx/conv-kernel.ts). */
  readonly kernel: Kernel | null;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** What a fused kernel computes. */
  readonly cluster?: Cluster;
  /** The gradient of a kernel that several parts compute; the output is it, or it in a variable's order. */
  readonly gradient?: Value<"convKernel">;
}

/** Which clusters to look for: those of tensors with channels, and those of weights. */
export interface ClusterKinds {
  readonly channels: boolean;
  readonly weights: boolean;
}

/** The kernels of a stage by the values that they compute; all other values belong to sessions. */
export function kernelCalls(
  given: ReadonlySet<Value>,
  outputs: readonly Value[],
  order: readonly Value[],
  kinds: ClusterKinds,
): Map<Value, KernelCall> {
  const calls = new Map<Value, KernelCall>();
  for (const value of order) {
    const call = given.has(value) ? undefined : singleCall(value, given);
    if (call !== undefined) calls.set(value, call);
  }
  const layouts = kinds.channels ? (["first", "last"] as const) : [];
  for (const cluster of layouts.flatMap((layout) => findChannelClusters(layout, given, outputs, order))) {
    const { members, inputs, outputs: results } = cluster;
    if (results.some((result) => calls.has(result))) continue;
    const call = {
      name: `channels ${members.map((member) => member.op).join(" ")}`,
      kernel: channelKernel(cluster),
      inputs: inputs.map(({ value }) => value),
      outputs: results,
    };
    for (const result of results) calls.set(result, call);
  }
  for (const cluster of kinds.weights ? findClusters(given, outputs, order) : []) {
    const { members, inputs, outputs: results } = cluster;
    if (members.some((member) => calls.has(member))) continue;
    const call = {
      name: `fused ${members.map((member) => member.op).join(" ")}`,
      kernel: fusedKernel(cluster),
      inputs,
      outputs: results,
      cluster,
    };
    for (const result of results) calls.set(result, call);
  }
  return calls;
}

function singleCall(value: Value, given: ReadonlySet<Value>): KernelCall | undefined {
  const { inputs } = value;
  const outputs = [value];
  switch (value.op) {
    case "scatterAdd":
      return { name: "scatterAdd", kernel: scatterAdd, inputs, outputs };
    case "conv":
    case "convInput":
      return depthwiseCall(value as Value<"conv" | "convInput">);
    case "convKernel":
      return depthwiseCall(value as Value<"convKernel">) ?? productsCall(value as Value<"convKernel">, value);
    case "reshape":
    case "transpose":
    case "reverse":
      return variableOrderCall(value, given) ?? arrangedCall(value, given);
    case "maxPool":
      return { name: "maxPool", kernel: maxPool((value as Value<"maxPool">).attrs), inputs, outputs };
    case "maxPoolGrad":
      return { name: "maxPoolGrad", kernel: maxPoolGrad((value as Value<"maxPoolGrad">).attrs), inputs, outputs };
    case "where":
      return maskedPoolGrad(value);
    default:
      return undefined;
  }
}

/** A gradient of a kernel as products of patches; `output`: where it is wanted. */
function productsCall(gradient: Value<"convKernel">, output: Value): KernelCall | undefined {
  const { groups, spatial } = gradient.attrs;
  const isPossible = groups === 1 && spatial.length <= 2;
  return isPossible
    ? { name: "convKernel", kernel: null, inputs: gradient.inputs, outputs: [output], gradient }
    : undefined;
}

/** The gradient of a kernel in the order that variables have, (...window, channels, filters): that of the products. */
function variableOrderCall(value: Value, given: ReadonlySet<Value>): KernelCall | undefined {
  const [gradient] = value.inputs;
  if (value.op !== "transpose" || gradient?.op !== "convKernel" || given.has(gradient)) return undefined;
  const { perm } = (value as Value<"transpose">).attrs;
  const last = perm.length - 1;
  const isItsOrder = perm.every((axis, i) => axis === (i === last ? 0 : i === last - 1 ? 1 : i + 2));
  return isItsOrder ? productsCall(gradient as Value<"convKernel">, value) : undefined;
}

function arrangedCall(value: Value, given: ReadonlySet<Value>): KernelCall | undefined {
  const found = arranged(value, given);
  return found && { name: "weights in order", kernel: found.kernel, inputs: [found.source], outputs: [value] };
}

function depthwiseCall(value: Value<"conv" | "convInput" | "convKernel">): KernelCall | undefined {
  const kernel = depthwise(value as Parameters<typeof depthwise>[0]);
  return kernel && { name: `depthwise ${value.op}`, kernel, inputs: value.inputs, outputs: [value] };
}

/** where(y > 0, maxPoolGrad(y, …), 0): the gradient of ReLU followed by a pooling, in one pass over the tensor. */
function maskedPoolGrad(value: Value): KernelCall | undefined {
  const [condition, gradient, other] = value.inputs;
  if (condition?.op !== "greater" || gradient?.op !== "maxPoolGrad" || !isZero(other!)) return undefined;
  const [x, threshold] = condition.inputs;
  if (x !== gradient.inputs[0] || !isZero(threshold!)) return undefined;
  const { attrs } = gradient as Value<"maxPoolGrad">;
  return { name: "maxPoolReluGrad", kernel: maxPoolReluGrad(attrs), inputs: gradient.inputs, outputs: [value] };
}
