import { stridesOf } from "../../core/shape.js";
import { dimAt } from "../value.js";
import { aroundAxis, broadcastStrides, offsets, pick } from "./array.js";
import type { Rules } from "./rule.js";

export const SHAPING: Rules<
  "cast" | "where" | "reshape" | "transpose" | "broadcast" | "slice" | "pad" | "concat" | "reverse"
> = {
  cast(node, [x]) {
    const { dtype } = node.attrs;
    if (dtype === "bool") return x!.data.map((value) => (value !== 0 ? 1 : 0));
    return dtype === "int32" ? x!.data.map((value) => Math.trunc(value) | 0) : x!.data;
  },
  where(_node, [condition, a, b], shape) {
    const at = (x: { shape: readonly number[] }): Int32Array => offsets(shape, broadcastStrides(x.shape, shape));
    const [c, i, j] = [at(condition!), at(a!), at(b!)];
    const out = new Float64Array(c.length);
    for (let k = 0; k < out.length; k++) out[k] = condition!.data[c[k]!] ? a!.data[i[k]!]! : b!.data[j[k]!]!;
    return out;
  },
  reshape: (_node, [x]) => x!.data,
  transpose(node, [x], shape) {
    const strides = stridesOf(x!.shape);
    return pick(
      x!.data,
      offsets(
        shape,
        node.attrs.perm.map((axis) => strides[axis]!),
      ),
    );
  },
  broadcast: (_node, [x], shape) => pick(x!.data, offsets(shape, broadcastStrides(x!.shape, shape))),
  slice(node, [x], shape, { rows }) {
    const { axis, step } = node.attrs;
    const start = dimAt(node.attrs.start, rows);
    const strides = stridesOf(x!.shape);
    const steps = strides.map((stride, i) => (i === axis ? stride * step : stride));
    return pick(x!.data, offsets(shape, steps, start * strides[axis]!));
  },
  pad(node, [x], shape, { rows }) {
    const strides = stridesOf(shape);
    const start = node.attrs.before.reduce((sum, width, axis) => sum + dimAt(width, rows) * strides[axis]!, 0);
    const out = new Float64Array(shape.reduce((size, dim) => size * dim, 1)).fill(node.attrs.value);
    offsets(x!.shape, strides, start).forEach((at, i) => {
      out[at] = x!.data[i]!;
    });
    return out;
  },
  concat(node, inputs, shape) {
    const { outer, size, inner } = aroundAxis(shape, node.attrs.axis);
    const out = new Float64Array(outer * size * inner);
    let start = 0;
    for (const x of inputs) {
      const width = x.shape[node.attrs.axis]! * inner;
      for (let o = 0; o < outer; o++) out.set(x.data.subarray(o * width, (o + 1) * width), o * size * inner + start);
      start += width;
    }
    return out;
  },
  reverse(node, [x], shape) {
    const { axis } = node.attrs;
    const strides = stridesOf(shape);
    const steps = strides.map((stride, i) => (i === axis ? -stride : stride));
    return pick(x!.data, offsets(shape, steps, (shape[axis]! - 1) * strides[axis]!));
  },
};
