import type { Dims, Value } from "../../graph/value.js";

const BROADCASTING = new Set(
  "add sub mul div pow maximum minimum mod equal greater greaterEqual and or where".split(" "),
);

/** What surrounds a value in the piece of a graph that is emitted. */
export interface Surroundings {
  /** Values that come from outside. */
  readonly given: ReadonlySet<Value>;
  /** How often each value is read, by others or as an output. */
  readonly uses: ReadonlyMap<Value, number>;
}

/**
 * The value as it is emitted: an operand that is only repeated or transposed for the sake of a node that can do this
 * itself is read before that, unless it is given. Broadcasting operators broadcast, matrix products read transposed
 * operands, a convolution adds its own bias and elements that are put somewhere are put onto what they are added to (as
 * a third operand, which only this makes). A sum of matrix products
 * is one product of all their rows (a result of fewer axes than its operands, which only this makes).
 */
export function effective(value: Value, { given, uses }: Surroundings): Value {
  if (value.op === "sum") return ofProducts(value as Value<"sum">, given, uses) ?? value;
  if (value.op === "matmul") return withoutTransposes(value as Value<"matmul">, given);
  if (!BROADCASTING.has(value.op)) return value;
  const node = withoutBroadcasts(value, given);
  if (node.op !== "add") return node;
  return withBias(node, given, uses) ?? putOnto(node, given, uses) ?? node;
}

function ofProducts(value: Value<"sum">, given: ReadonlySet<Value>, uses: ReadonlyMap<Value, number>): Value | null {
  const [x] = value.inputs as readonly [Value];
  if (x.op !== "matmul" || given.has(x) || uses.get(x) !== 1 || value.attrs.keepDims) return null;
  const product = withoutTransposes(x as Value<"matmul">, given) as Value<"matmul">;
  const [a, b] = product.inputs as readonly [Value, Value];
  const lead = x.shape.length - 2;
  const isOverAll = value.attrs.axes.length === lead && value.attrs.axes.every((axis) => axis < lead);
  const isAlike = sameDims(a.shape.slice(0, -1), b.shape.slice(0, -1)) && a.shape.length === lead + 2;
  const { transposeA, transposeB } = product.attrs;
  return isOverAll && isAlike && transposeA && !transposeB ? { ...product, id: value.id, shape: value.shape } : null;
}

function withBias(node: Value, given: ReadonlySet<Value>, uses: ReadonlyMap<Value, number>): Value | null {
  for (const [conv, bias] of [node.inputs, [...node.inputs].reverse()] as [Value, Value][]) {
    if (conv.op !== "conv" || given.has(conv) || uses.get(conv) !== 1 || !sameDims(conv.shape, node.shape)) continue;
    const channel = bias.shape.length - (conv.shape.length - 1);
    const isPerChannel = bias.shape.every((dim, axis) => dim === (axis === channel ? conv.shape[1] : 1));
    if (channel >= 0 && isPerChannel) return { ...conv, id: node.id, inputs: [...conv.inputs, bias] };
  }
  return null;
}

/** A few elements that are added to a tensor need no tensor of their own. */
function putOnto(node: Value, given: ReadonlySet<Value>, uses: ReadonlyMap<Value, number>): Value | null {
  for (const [few, all] of [node.inputs, [...node.inputs].reverse()] as [Value, Value][]) {
    if (few.op !== "put" || given.has(few) || uses.get(few) !== 1 || !sameDims(all.shape, node.shape)) continue;
    return { ...few, id: node.id, inputs: [...few.inputs, all] };
  }
  return null;
}

function withoutBroadcasts(value: Value, given: ReadonlySet<Value>): Value {
  const inputs = [...value.inputs];
  for (let i = 0; i < inputs.length; i++) {
    const operand = inputs[i]!;
    if (operand.op !== "broadcast" || given.has(operand)) continue;
    inputs[i] = operand.inputs[0]!;
    if (!sameDims(broadcastOf(inputs.map((input) => input.shape)), value.shape)) inputs[i] = operand;
  }
  return { ...value, inputs };
}

function withoutTransposes(value: Value<"matmul">, given: ReadonlySet<Value>): Value {
  const inputs = [...value.inputs];
  let { transposeA, transposeB } = value.attrs;
  if (swapsLastTwo(inputs[0]!) && !given.has(inputs[0]!))
    [inputs[0], transposeA] = [inputs[0]!.inputs[0]!, !transposeA];
  if (swapsLastTwo(inputs[1]!) && !given.has(inputs[1]!))
    [inputs[1], transposeB] = [inputs[1]!.inputs[0]!, !transposeB];
  return { ...value, inputs, attrs: { transposeA, transposeB } };
}

function swapsLastTwo(value: Value): boolean {
  if (value.op !== "transpose" || value.dtype !== "float32") return false;
  const { perm } = (value as Value<"transpose">).attrs;
  const last = perm.length - 1;
  return last >= 1 && perm.every((axis, i) => axis === (i === last ? last - 1 : i === last - 1 ? last : i));
}

function broadcastOf(shapes: readonly Dims[]): Dims {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dims = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return dims.find((dim) => dim !== 1) ?? 1;
  });
}

const sameDims = (a: Dims, b: Dims): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);
