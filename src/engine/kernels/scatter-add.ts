import { idRange } from "../../core/id-range.js";
import type { PrimitiveAttrs } from "../../graph/primitive.js";
import type { Slot } from "../session.js";
import { addressOf, integers, type Kernel, numbers, segmentOf } from "./kernel.js";
import { scatterAddText } from "./text/scatter-add.js";

/** Adds each row of updates to the row at its id, in row-major order of the ids. */
export const scatterAdd = ({ rows }: PrimitiveAttrs["scatterAdd"]): Kernel => ({
  call([ids, updates], [output]) {
    const segment = segmentOf([ids!, updates!, output!]);
    const count = integers(ids!).length;
    const size = numbers(output!).length;
    if (segment === undefined || count === 0 || size === 0) return null;
    const text = scatterAddText(updates!.dtype === "int32" ? "i32" : "f32");
    const parameters = [...[ids!, updates!, output!].map(addressOf), count, size / rows, rows];
    return { text, name: "scatterAdd", segment, parameters };
  },
  compute: ([ids, updates], [output]) => inJavaScript(rows, ids!, updates!, output!),
  explain: (code, [ids]) => idRange(integers(ids!)[code - 1]!, rows),
});

/** The same for tensors that lie in different memories. */
export function inJavaScript(rows: number, ids: Slot, updates: Slot, output: Slot): void {
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
