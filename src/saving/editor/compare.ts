import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { EditedObject } from "./edited-tree.js";

/** Something that two files have otherwise. */
export interface Difference {
  /** Path of the object, and of its weight. */
  readonly place: string;
  /** What each of the two has there; null for nothing. */
  readonly here: string | null;
  readonly there: string | null;
}

/** What two files have in common. */
export interface Comparison {
  readonly status: "success" | "error";
  readonly differences: readonly Difference[];
  /** Weights of the same name and shape, and how many of them are equal in all numbers. */
  readonly matchCount: number;
  readonly equalCount: number;
}

/** Compares names and shapes, as Keras does with a model, and counts equal weights. */
export function comparison(here: readonly EditedObject[], there: readonly EditedObject[]): Comparison {
  const [own, other] = [flat(here), flat(there)];
  const places = [...new Set([...own.keys(), ...other.keys()])];
  const differences: Difference[] = [];
  let [matchCount, equalCount] = [0, 0];
  for (const place of places) {
    const [a, b] = [own.get(place) ?? null, other.get(place) ?? null];
    if (a !== null && b !== null && text(a) === text(b)) {
      matchCount++;
      if (sameNumbers(a, b)) equalCount++;
    } else differences.push({ place, here: text(a), there: text(b) });
  }
  return { status: differences.length === 0 ? "success" : "error", differences, matchCount, equalCount };
}

function flat(objects: readonly EditedObject[]): Map<string, Tensor> {
  return new Map(
    objects.flatMap(({ path, weights }) =>
      [...weights].map(([name, tensor]): [string, Tensor] => [`${path}: ${name}`, tensor]),
    ),
  );
}

const text = (tensor: Tensor | null): string | null =>
  tensor === null ? null : `${tensor.dtype} ${formatShape(tensor.shape)}`;

function sameNumbers(a: Tensor, b: Tensor): boolean {
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false;
  return true;
}
