import { recur, withGradient } from "../../src/graph/index.js";
import { B, type Cases, one } from "./primitive-case.js";

/** Here the stated gradients are the true ones, so that central differences know them. */
export const STATED_CASES: Cases<"customGradient"> = {
  customGradient: [
    one("of a row's operand", [[B, "float"]], ([x], g) =>
      withGradient(g.mul(x!, g.mul(x!, x!)), [x!], (dy) => [g.mul(dy, g.mul(g.scalar(3), g.mul(x!, x!)))]),
    ),
    one(
      "of a weight, with what was computed on the way",
      [
        [B, "float"],
        [[3], "float"],
      ],
      ([x, w], g) => {
        const y = g.sigmoid(g.mul(x!, w!));
        return withGradient(y, [x!, w!], (dy) => {
          const slope = g.mul(dy, g.mul(y, g.sub(g.scalar(1), y)));
          return [g.mul(slope, w!), g.sum(g.mul(slope, x!), [0])];
        });
      },
    ),
    one(
      "where none is stated, none flows",
      [
        [B, "float"],
        [B, "bool"],
      ],
      ([x, c], g) =>
        g.add(
          withGradient(g.where(c!, g.scalar(2), g.scalar(1)), [x!, c!], () => [null, null]),
          g.mul(x!, x!),
        ),
    ),
    one("within another one", [[B, "float"]], ([x], g) => {
      const inner = withGradient(g.exp(x!), [x!], (dy) => [
        withGradient(g.mul(dy, g.exp(x!)), [dy, x!], (d) => [g.mul(d, g.exp(x!)), g.mul(d, g.mul(dy, g.exp(x!)))]),
      ]);
      return withGradient(g.mul(inner, inner), [x!], (dy) => [g.mul(dy, g.mul(g.scalar(2), g.mul(inner, inner)))]);
    }),
    one(
      "in the steps of a recurrence",
      [
        [[3, -1, 2], "unit"],
        [[2, 2], "unit"],
        [[-1, 2], "unit"],
      ],
      ([xs, kernel, start], g) => {
        const { states, outputs } = recur({ states: [start!], sequences: [xs!] }, ([h], [x]) => {
          const z = g.add(x!, g.matmul(h!, kernel!));
          const next = withGradient(g.sin(z), [z], (dy) => [g.mul(dy, g.cos(z))]);
          return { states: [next], outputs: [g.mul(next, x!)] };
        });
        return g.add(states[0]!, g.sum(g.mul(outputs[0]!, outputs[0]!), [0]));
      },
    ),
  ],
};
