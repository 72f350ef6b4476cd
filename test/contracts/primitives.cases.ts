import { build, type PrimitiveName, type Value } from "../../src/graph/index.js";
import type { Cases, Kind, PrimitiveCase } from "./primitive-case.js";
import { ARRAYS_CASES } from "./primitives.arrays.js";
import { ELEMENT_WISE_CASES } from "./primitives.element-wise.js";
import { PRODUCTS_CASES } from "./primitives.products.js";
import { RECURRENCE_CASES } from "./primitives.recurrence.js";
import { STATED_CASES } from "./primitives.stated.js";
import { WINDOWS_CASES } from "./primitives.windows.js";

/** Cases for every primitive; a missing one does not compile. */
export const PRIMITIVE_CASES: Cases<PrimitiveName> = {
  ...ELEMENT_WISE_CASES,
  ...ARRAYS_CASES,
  ...PRODUCTS_CASES,
  ...RECURRENCE_CASES,
  ...WINDOWS_CASES,
  ...STATED_CASES,
};

/** A case's graph, with deterministic elements (float32 exactly) for its inputs. */
export function graphOf(
  { operands, make }: PrimitiveCase,
  rows: number,
): { output: Value; inputs: Value<"input">[]; feeds: Map<Value, Float64Array> } {
  const inputs = operands.map(([dims, kind], i) => {
    const dtype = kind === "bool" ? "bool" : typeof kind === "object" ? "int32" : "float32";
    return build.input(`x${i}`, dims, dtype) as Value<"input">;
  });
  const feeds = new Map<Value, Float64Array>();
  inputs.forEach((input, i) => {
    const size = input.shape.reduce((product, dim) => product * (dim < 0 ? -dim * rows : dim), 1);
    feeds.set(input, elements(operands[i]![1], size, i));
  });
  return { output: make(inputs, build), inputs, feeds };
}

function elements(kind: Kind, size: number, seed: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    // 7919 is coprime to every size here, so every place is visited once.
    const place = (i * 7919 + seed * 131 + 5) % size;
    if (kind === "bool") return (place * 7 + seed) % 3 === 0 ? 1 : 0;
    if (typeof kind === "object") {
      const from = kind.from ?? 0;
      return from + ((place * 31 + seed * 17) % (kind.below - from));
    }
    const between = (place + 0.5 + 0.11 * (seed + 1)) / (size + 1);
    return Math.fround(
      kind === "positive" ? 0.3 + 2 * between : (kind === "unit" ? 1 : 2) * (2 * between - 1) + 0.0113,
    );
  });
}
