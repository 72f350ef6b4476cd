import { batchAxesOf, broadcastDims, sameDims } from "../../graph/fit.js";
import { BROADCASTING } from "../../graph/passes/element-wise.js";
import { swapsLastTwo } from "../../graph/perm.js";
import type { ConvAttrs } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import type { Node } from "./rule.js";

/** What is known about the emitted piece of a graph around a value. */
export interface Surroundings {
  /** Values that come from outside. */
  readonly given: ReadonlySet<Value>;
  /** How often each value is read, by others or as an output. */
  readonly uses: ReadonlyMap<Value, number>;
}

/**
 * The node that a value is emitted as. Work on an operand that the node can do itself is left to it, unless the operand
 * is given: binary operators broadcast, matrix products read transposed operands, a convolution pads its operand and
 * adds its bias (a third operand), and `put` writes its elements onto the tensor that they are added to (also a third
 * operand). A sum of matrix products becomes one product of all their rows (its result has fewer axes than its
 * operands).
 */
export function nodeOf(value: Value, surroundings: Surroundings): Node {
  const { given, uses } = surroundings;
  if (value.op === "sum") return ofProducts(value as Value<"sum">, given, uses) ?? value;
  if (value.op === "matmul") return withoutTransposes(value as Value<"matmul">, given);
  if (value.op === "conv") return withPadding(value as Value<"conv">, surroundings);
  if (value.op === "put") return { ...value, inputs: value.inputs.map((input) => column(input, given)) };
  if (!BROADCASTING.has(value.op)) return value;
  if (value.op !== "add") return withoutBroadcasts(value, given);
  const inputs = withoutBroadcasts(value, given).inputs;
  return withBias(value, inputs, surroundings) ?? putOnto(value, inputs, surroundings) ?? { ...value, inputs };
}

/** Zeros around the operand of a convolution become its padding attribute. */
function withPadding(conv: Value<"conv">, { given, uses }: Surroundings): Node<"conv"> {
  const [x, kernel] = conv.inputs as readonly [Value, Value];
  if (x.op !== "pad" || given.has(x) || uses.get(x) !== 1) return conv;
  const { before, after, value } = (x as Value<"pad">).attrs;
  const isSpatial = [before, after].every(([rows, channels]) => rows === 0 && channels === 0);
  if (!isSpatial || !Object.is(value, 0)) return conv;
  const padding: ConvAttrs["padding"] = conv.attrs.padding.map(([low, high], i) => [
    low + before[i + 2]!,
    high + after[i + 2]!,
  ]);
  return { ...conv, inputs: [x.inputs[0]!, kernel], attrs: { ...conv.attrs, padding } };
}

function ofProducts(value: Value<"sum">, given: ReadonlySet<Value>, uses: ReadonlyMap<Value, number>): Node | null {
  const [x] = value.inputs as readonly [Value];
  if (x.op !== "matmul" || given.has(x) || uses.get(x) !== 1 || value.attrs.keepDims) return null;
  const product = withoutTransposes(x as Value<"matmul">, given);
  const [a, b] = product.inputs as readonly [Value, Value];
  const lead = x.shape.length - 2;
  const isOverAll = value.attrs.axes.length === lead && value.attrs.axes.every((axis) => axis < lead);
  const isFlat = batchAxesOf(a.shape.slice(0, -1)).length <= 1;
  const isAlike = isFlat && sameDims(a.shape.slice(0, -1), b.shape.slice(0, -1)) && a.shape.length === lead + 2;
  const { transposeA, transposeB } = product.attrs;
  return isOverAll && isAlike && transposeA && !transposeB ? { ...product, shape: value.shape } : null;
}

function withBias(node: Value, inputs: readonly Value[], surroundings: Surroundings): Node | null {
  const { given, uses } = surroundings;
  for (const [conv, bias] of [inputs, [...inputs].reverse()] as [Value, Value][]) {
    if (conv.op !== "conv" || given.has(conv) || uses.get(conv) !== 1 || !sameDims(conv.shape, node.shape)) continue;
    const channel = bias.shape.length - (conv.shape.length - 1);
    const isPerChannel = bias.shape.every((dim, axis) => dim === (axis === channel ? conv.shape[1] : 1));
    if (channel < 0 || !isPerChannel) continue;
    const padded = withPadding(conv as Value<"conv">, surroundings);
    return { ...padded, inputs: [...padded.inputs, bias] };
  }
  return null;
}

/** A few elements that are added to a tensor need no separate tensor. */
function putOnto(node: Value, inputs: readonly Value[], { given, uses }: Surroundings): Node | null {
  for (const [few, all] of [inputs, [...inputs].reverse()] as [Value, Value][]) {
    if (few.op !== "put" || given.has(few) || uses.get(few) !== 1 || !sameDims(all.shape, node.shape)) continue;
    return { ...few, inputs: [...few.inputs.map((input) => column(input, given)), all] };
  }
  return null;
}

/** A column for an operand that is one without its last axis. */
function column(value: Value, given: ReadonlySet<Value>): Value {
  if (value.op !== "reshape" || given.has(value)) return value;
  const [inner] = value.inputs as readonly [Value];
  return sameDims(inner.shape, [...value.shape, 1]) ? inner : value;
}

function withoutBroadcasts(value: Value, given: ReadonlySet<Value>): Node {
  const inputs = [...value.inputs];
  for (let i = 0; i < inputs.length; i++) {
    const operand = inputs[i]!;
    if (operand.op !== "broadcast" || given.has(operand)) continue;
    inputs[i] = operand.inputs[0]!;
    if (!sameDims(broadcastDims(value.op, inputs), value.shape)) inputs[i] = operand;
  }
  return { ...value, inputs };
}

function withoutTransposes(value: Value<"matmul">, given: ReadonlySet<Value>): Node<"matmul"> {
  const inputs = [...value.inputs];
  let { transposeA, transposeB } = value.attrs;
  if (readsTurned(inputs[0]!) && !given.has(inputs[0]!)) [inputs[0], transposeA] = [inputs[0]!.inputs[0]!, !transposeA];
  if (readsTurned(inputs[1]!) && !given.has(inputs[1]!)) [inputs[1], transposeB] = [inputs[1]!.inputs[0]!, !transposeB];
  return { ...value, inputs, attrs: { transposeA, transposeB } };
}

function readsTurned(value: Value): boolean {
  return (
    value.op === "transpose" && value.dtype === "float32" && swapsLastTwo((value as Value<"transpose">).attrs.perm)
  );
}
