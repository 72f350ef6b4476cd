import { ShapeError } from "../../core/errors.js";
import type { Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";

/** Query, value and key of a layer of attention; the values are the keys where there are only two. */
export function attentionInputs<T extends Shape | Value>(
  layer: { readonly label: string; readonly name: string },
  list: readonly T[],
): readonly [T, T, T] {
  const [query, value, key = value] = list;
  if (query !== undefined && value !== undefined && list.length <= 3) return [query, value, key!];
  throw new ShapeError({
    code: "attention-inputs",
    what: `${layer.label} takes a list of query and value, or of query, value and key`,
    received: `${list.length} tensor${list.length === 1 ? "" : "s"}`,
    fix: "For self-attention: apply([x, x])",
    data: { layer: layer.name },
  });
}
