import { idRange } from "../../core/id-range.js";
import { sizeOf } from "../../core/shape.js";
import { aroundAxis, wrap } from "./array.js";
import type { Rules } from "./rule.js";

function checked(id: number, size: number): number {
  if (id >= 0 && id < size) return id;
  throw idRange(id, size);
}

/** Calls `visit` for each id, with its index and the index of the element of `whole` that it names along the axis. */
function along(
  part: readonly number[],
  whole: readonly number[],
  axis: number,
  ids: Float64Array,
  visit: (i: number, at: number) => void,
): void {
  const { size, inner } = aroundAxis(part, axis);
  ids.forEach((id, i) => {
    const outer = Math.floor(i / (size * inner));
    visit(i, (outer * whole[axis]! + checked(id, whole[axis]!)) * inner + (i % inner));
  });
}

export const INDEXING: Rules<"gather" | "scatterAdd" | "take" | "put" | "takeAlong" | "addAlong"> = {
  gather(_node, [table, ids]) {
    const width = sizeOf(table!.shape.slice(1));
    const out = new Float64Array(ids!.data.length * width);
    ids!.data.forEach((id, i) => {
      const row = checked(id, table!.shape[0]!);
      out.set(table!.data.subarray(row * width, (row + 1) * width), i * width);
    });
    return out;
  },
  scatterAdd(node, [ids, updates], shape) {
    const width = sizeOf(shape.slice(1));
    const out = new Float64Array(sizeOf(shape));
    ids!.data.forEach((id, i) => {
      const row = checked(id, shape[0]!);
      for (let k = 0; k < width; k++) out[row * width + k] = out[row * width + k]! + updates!.data[i * width + k]!;
    });
    return wrap(out, node.dtype);
  },
  put(_node, [x, ids], shape) {
    const size = shape.at(-1)!;
    const out = new Float64Array(x!.data.length * size);
    ids!.data.forEach((id, i) => {
      out[i * size + checked(id, size)] = x!.data[i]!;
    });
    return out;
  },
  takeAlong(node, [x, ids], shape) {
    const out = new Float64Array(ids!.data.length);
    along(shape, x!.shape, node.attrs.axis, ids!.data, (i, at) => {
      out[i] = x!.data[at]!;
    });
    return out;
  },
  addAlong(node, [x, ids], shape) {
    const out = new Float64Array(sizeOf(shape));
    along(x!.shape, shape, node.attrs.axis, ids!.data, (i, at) => {
      out[at] = out[at]! + x!.data[i]!;
    });
    return wrap(out, node.dtype);
  },
  take(_node, [x, ids]) {
    const width = x!.shape.at(-1)!;
    return ids!.data.map((id, i) => x!.data[i * width + checked(id, width)]!);
  },
};
