import type { Dims, Value } from "../../graph/value.js";

const BROADCASTING = new Set(
  "add sub mul div pow maximum minimum mod equal greater greaterEqual and or where".split(" "),
);

/**
 * The value as it is emitted: an operand that is only repeated or transposed for the sake of a node that can do this
 * itself is read before that, unless it is `given`. Broadcasting operators broadcast, matrix products read transposed
 * operands.
 */
export function effective(value: Value, given: ReadonlySet<Value>): Value {
  if (value.op === "matmul") return withoutTransposes(value as Value<"matmul">, given);
  return BROADCASTING.has(value.op) ? withoutBroadcasts(value, given) : value;
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
