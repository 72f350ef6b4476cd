import { idRange } from "../../core/id-range.js";
import type { Slot } from "../session.js";
import { addressOf, integers, type Kernel, numbers, segmentOf } from "./kernel.js";
import { scatterAddText } from "./text/scatter-add.js";

/** Adds each row of updates to the row at its id, in row-major order of the ids. */
export const scatterAdd: Kernel = {
  call([ids, updates], [output]) {
    const rows = output!.dims[0]!;
    const segment = segmentOf([ids!, updates!, output!]);
    const count = integers(ids!).length;
    const size = numbers(output!).length;
    if (segment === undefined || count === 0 || size === 0) return null;
    const text = scatterAddText(updates!.dtype === "int32" ? "i32" : "f32");
    const parameters = [...[ids!, updates!, output!].map(addressOf), count, size / rows, rows];
    return { text, name: "scatterAdd", segment, parameters };
  },
  compute: ([ids, updates], [output]) => inJavaScript(ids!, updates!, output!),
  explain: (code, [ids], [output]) => idRange(integers(ids!)[code - 1]!, output!.dims[0]!),
};

/** The same for tensors that lie in different memories. */
export function inJavaScript(ids: Slot, updates: Slot, output: Slot): void {
  const rows = output.dims[0]!;
  const index = integers(ids);
  const source = numbers(updates);
  const target = numbers(output);
  target.fill(0);
  const width = rows === 0 ? 0 : target.length / rows;
  for (let i = 0; i < index.length; i++) {
    const id = index[i]!;
    if (id < 0 || id >= rows) throw idRange(id, rows);
    for (let from = i * width, to = id * width, end = to + width; to < end; from++, to++) {
      target[to] = target[to]! + source[from]!;
    }
  }
}
