import { type Build, recur, type Value } from "../../src/graph/index.js";
import { type Cases, one } from "./primitive-case.js";

/** One sum of squares over all values, so that gradients differ from element to element. */
const together = (values: readonly Value[], g: Build): Value =>
  values
    .map((value) =>
      g.sum(
        g.mul(value, value),
        value.shape.flatMap((dim, axis) => (dim < 0 ? [] : [axis])),
      ),
    )
    .reduce((a, b) => g.add(a, b));

/** A cell with carry, gates and a matrix product, like an LSTM's: state and carry (rows, 2), x (rows, 3). */
function gated(states: readonly Value[], x: Value, kernel: Value, recurrent: Value, bias: Value, g: Build): Value[] {
  const [h, c] = states as readonly [Value, Value];
  const z = g.add(g.add(g.matmul(x, kernel), bias), g.matmul(h, recurrent));
  const gate = (i: number): Value => g.slice(z, 1, 2 * i, 2 * i + 2);
  const kept = g.mul(g.sigmoid(gate(0)), c);
  const carry = g.add(kept, g.mul(g.sigmoid(gate(1)), g.tanh(gate(2))));
  return [g.mul(g.sigmoid(gate(3)), g.tanh(carry)), carry];
}

const GATED = [
  [[4, -1, 3], "unit"],
  [[3, 8], "unit"],
  [[2, 8], "unit"],
  [[8], "unit"],
  [[-1, 2], "unit"],
  [[-1, 2], "unit"],
] as const;

export const RECURRENCE_CASES: Cases<"scan"> = {
  scan: [
    one("state after the last step", GATED, ([xs, kernel, recurrent, bias, h, c], g) => {
      const { states } = recur({ states: [h!, c!], sequences: [xs!] }, (before, [x]) => ({
        states: gated(before, x!, kernel!, recurrent!, bias!, g),
        outputs: [],
      }));
      return states[0]!;
    }),
    one("outputs of all steps, backwards", GATED, ([xs, kernel, recurrent, bias, h, c], g) => {
      const { outputs } = recur({ states: [h!, c!], sequences: [xs!], reverse: true }, (before, [x]) => {
        const states = gated(before, x!, kernel!, recurrent!, bias!, g);
        return { states, outputs: [states[0]!] };
      });
      return outputs[0]!;
    }),
    one("states and outputs together", GATED, ([xs, kernel, recurrent, bias, h, c], g) => {
      const { states, outputs } = recur({ states: [h!, c!], sequences: [xs!] }, (before, [x]) => {
        const next = gated(before, x!, kernel!, recurrent!, bias!, g);
        return { states: next, outputs: [g.add(next[0]!, x ? g.sum(x, [1], true) : next[0]!), before[1]!] };
      });
      return together([...states, ...outputs], g);
    }),
    one(
      "masked steps keep the state, captured factors of rows",
      [
        [[3, -1, 2], "unit"],
        [[3, -1, 1], "bool"],
        [[-1, 2], "positive"],
        [[2, 2], "unit"],
        [[-1, 2], "unit"],
      ],
      ([xs, mask, factor, kernel, start], g) => {
        const { states, outputs } = recur({ states: [start!], sequences: [xs!, mask!] }, ([h], [x, present]) => {
          const next = g.tanh(g.add(x!, g.matmul(g.mul(h!, factor!), kernel!)));
          const state = g.where(present!, next, h!);
          return { states: [state], outputs: [state] };
        });
        return together([...states, ...outputs], g);
      },
    ),
    one(
      "a whole number as state, one step, states that do not move",
      [
        [[1, -1, 3], "unit"],
        [[-1, 3], "unit"],
      ],
      ([xs, start], g) => {
        const count = g.broadcast(g.scalar(1, "int32"), [-1, 3]);
        const { states, outputs } = recur({ states: [start!, count, start!], sequences: [xs!] }, ([a, n, b], [x]) => ({
          states: [g.add(g.mul(a!, x!), g.cast(n!, "float32")), g.add(n!, g.scalar(1, "int32")), b!],
          outputs: [x!, g.mul(b!, a!)],
        }));
        return together([states[0]!, states[2]!, ...outputs], g);
      },
    ),
    one(
      "what cannot be done for all steps at once",
      [
        [[3, -1, 2, 4], "unit"],
        [[2, 2, 2], "unit"],
        [[-1, 2, 4], "unit"],
      ],
      ([xs, kernel, start], g) => {
        const { states, outputs } = recur({ states: [start!], sequences: [xs!] }, ([h], [x]) => {
          const window = { strides: [1], padding: [[1, 0]] as const, dilations: [1], groups: 1 };
          const next = g.tanh(g.add(g.conv(x!, kernel!, window), g.conv(h!, kernel!, window)));
          return { states: [next], outputs: [g.mul(next, x!)] };
        });
        return together([...states, ...outputs], g);
      },
    ),
    one(
      "sums, transposes and parts",
      [
        [[3, -1, 2, 3], "unit"],
        [[3, 2], "unit"],
        [[-1, 2], "unit"],
      ],
      ([xs, kernel, start], g) => {
        const { states, outputs } = recur({ states: [start!], sequences: [xs!] }, ([h], [x]) => {
          const turned = g.transpose(g.softmax(x!, 2), [0, 2, 1]);
          const mixed = g.reshape(g.matmul(g.reshape(h!, [-1, 1, 2]), turned, false, true), [-1, 3]);
          const next = g.add(g.matmul(mixed, kernel!), g.mul(g.max(x!, [2]), h!));
          return { states: [next], outputs: [g.pad(g.concat([next, g.reverse(mixed, 1)], 1), [0, 1], [0, 0])] };
        });
        return together([...states, ...outputs], g);
      },
    ),
    one(
      "a step that combines rows",
      [
        [[3, -1, 2], "float"],
        [[-1, 2], "float"],
      ],
      ([xs, start], g) => {
        const { states, outputs } = recur({ states: [start!], sequences: [xs!] }, ([h], [x]) => {
          const weights = g.softmax(g.matmul(h!, x!, false, true), 1);
          return { states: [g.tanh(g.matmul(weights, x!))], outputs: [g.sum(h!, [0])] };
        });
        return g.add(states[0]!, g.sum(outputs[0]!, [0]));
      },
    ),
    one(
      "a sum over rows as the state",
      [
        [[3, -1, 2], "float"],
        [[2], "float"],
      ],
      ([xs, start], g) => {
        const { states } = recur({ states: [start!], sequences: [xs!] }, ([h], [x]) => ({
          states: [g.tanh(g.add(g.mul(h!, g.scalar(0.5)), g.mul(g.sum(x!, [0]), g.scalar(0.125))))],
          outputs: [],
        }));
        return states[0]!;
      },
    ),
  ],
};
