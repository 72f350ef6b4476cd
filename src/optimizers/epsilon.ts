import { bool, type Field } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Where RMSprop and Adagrad add epsilon; the one thing in which Keras 3 trains otherwise than Keras 2 did. */
export const epsilonUnderRoot: Field<boolean> = bool(true, { own: "adds epsilon under the root" });

/** The root that a gradient is divided by, kept off zero. */
export function rootOf(
  squares: Value,
  options: { readonly epsilon: number; readonly epsilonUnderRoot: boolean },
): Value {
  const { epsilon } = options;
  return options.epsilonUnderRoot ? ops.sqrt(ops.add(squares, epsilon)) : ops.add(ops.sqrt(squares), epsilon);
}
