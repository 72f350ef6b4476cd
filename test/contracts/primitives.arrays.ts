import { Tensor } from "../../src/core/tensor.js";
import { B, type Cases, one, whole } from "./primitive-case.js";

export const ARRAYS_CASES: Cases<
  | "input"
  | "constant"
  | "random"
  | "reshape"
  | "transpose"
  | "broadcast"
  | "slice"
  | "pad"
  | "concat"
  | "reverse"
  | "sum"
  | "max"
  | "argmax"
  | "cumsum"
  | "argsort"
  | "softmax"
  | "logSoftmax"
  | "allSum"
  | "allRows"
  | "ownRows"
> = {
  input: [one("itself", [[B, "float"]], ([x]) => x!)],
  constant: [
    one("float32", [[B, "float"]], ([x], g) => g.mul(x!, g.constant(new Tensor([1.5, -2, 3], [3])))),
    one("int32", [], (_xs, g) => g.constant(new Tensor([1, -2, 3], [3], "int32")), false),
    one("bool", [], (_xs, g) => g.constant(new Tensor([1, 0], [2], "bool")), false),
  ],
  random: [
    one("uniform", [[[-1, 5], "float"]], ([x], g) => g.mul(x!, g.random([-1, 5], 3, "uniform"))),
    one("normal", [[[-1, 5], "float"]], ([x], g) => g.mul(x!, g.random([-1, 5], 4, "normal"))),
    one("without batch", [], (_xs, g) => g.random([2, 3], 5, "uniform"), false),
    one("two batch axes", [], (_xs, g) => g.random([-1, -2], 6, "normal"), false),
    one("batch as second axis", [[[-1, 2], "float"]], ([x], g) => g.matmul(g.random([2, -1], 7, "uniform"), x!)),
  ],
  reshape: [
    one("merges axes", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-1, 6])),
    one("splits an axis", [[[-1, 6], "float"]], ([x], g) => g.reshape(x!, [-1, 3, 1, 2])),
    one("merges the batch", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-2, 3])),
    one("splits the batch", [[[-4, 3], "float"]], ([x], g) => g.reshape(x!, [-1, 2, 6])),
    one("all to one", [[[-1, 2, 3], "float"]], ([x], g) => g.reshape(x!, [-6])),
    one("without batch", [[[2, 6], "float"]], ([x], g) => g.reshape(x!, [3, 4])),
    one("two batch axes", [[[-2, 3], "float"]], ([x], g) => g.reshape(g.matmul(x!, x!, false, true), [-1, 2, 1, -2])),
    one("other rows first", [[[-1, 2], "float"]], ([x], g) => g.reshape(g.transpose(x!, [1, 0]), [-2])),
    one("int32", [[[-1, 6], whole]], ([x], g) => g.reshape(x!, [-1, 2, 3]), false),
    one("bool", [[[-1, 6], "bool"]], ([x], g) => g.reshape(x!, [-3, 2]), false),
  ],
  transpose: [
    one("matrix", [[[-1, 3], "float"]], ([x], g) => g.transpose(x!, [1, 0])),
    one("channels first", [[[-1, 2, 3, 4], "float"]], ([x], g) => g.transpose(x!, [0, 3, 1, 2])),
    one("cycle", [[[2, 3, 4], "float"]], ([x], g) => g.transpose(x!, [2, 0, 1])),
    one("bool", [[[-1, 3], "bool"]], ([x], g) => g.transpose(x!, [1, 0]), false),
  ],
  broadcast: [
    one("row to batch", [[[3], "float"]], ([x], g) => g.broadcast(x!, [-1, 3])),
    one("scalar to batch", [[[], "float"]], ([x], g) => g.broadcast(x!, [-1, 2])),
    one("column", [[[-1, 1, 2], "float"]], ([x], g) => g.broadcast(x!, [-1, 3, 2])),
    one("new axes", [[[2, 1], "float"]], ([x], g) => g.broadcast(x!, [3, 2, 2])),
    one("multiple of the batch", [[[1, 2], "float"]], ([x], g) => g.broadcast(x!, [-3, 2])),
    one("int32", [[[3], whole]], ([x], g) => g.broadcast(x!, [-1, 3]), false),
    one("rows to all rows", [[[-1], "float"]], ([x], g) => g.broadcast(g.tanh(x!), [-1, -1])),
    one("scalar to two batch axes", [[[], "float"]], ([x], g) => g.broadcast(x!, [-1, 2, -2])),
    one("bool", [[[3], "bool"]], ([x], g) => g.broadcast(x!, [-1, 3]), false),
  ],
  slice: [
    one("inside", [[[-1, 6], "float"]], ([x], g) => g.slice(x!, 1, 1, 4)),
    one("steps", [[[-1, 7, 2], "float"]], ([x], g) => g.slice(x!, 1, 1, 7, 3)),
    one("steps to the end", [[[-1, 7], "float"]], ([x], g) => g.slice(x!, 1, 0, 7, 2)),
    one("steps with a rest", [[[-1, 8], "float"]], ([x], g) => g.slice(x!, 1, 1, 5, 3)),
    one("the second of two batches", [[[-2, 3], "float"]], ([x], g) => g.slice(x!, 0, -1, -2)),
    one("inside three batches", [[[-3, 2], "float"]], ([x], g) => g.slice(x!, 0, -1, -2)),
    one("every second row", [[[-2, 3], "float"]], ([x], g) => g.slice(x!, 0, 0, -2, 2)),
    one("every second row of some batches", [[[-4, 2], "float"]], ([x], g) => g.slice(x!, 0, -1, -3, 2)),
    one("along the other batch axis", [[[-2, 2], "float"]], ([x], g) =>
      g.slice(g.matmul(x!, x!, false, true), 1, 0, -1),
    ),
    one("int32", [[[-1, 6], whole]], ([x], g) => g.slice(x!, 1, 2, 6), false),
  ],
  pad: [
    one("zeros", [[[-1, 2, 3], "float"]], ([x], g) => g.pad(x!, [0, 1, 0], [0, 0, 2])),
    one("a value", [[[2, 3], "float"]], ([x], g) => g.pad(x!, [1, 1], [1, 2], -1.5)),
    one("minus infinity", [[[-1, 3], "float"]], ([x], g) =>
      g.max(g.pad(x!, [0, 1], [0, 1], Number.NEGATIVE_INFINITY), [1]),
    ),
    one("with batches", [[[-1, 2], "float"]], ([x], g) => g.pad(x!, [-1, 1], [-2, 0])),
    one("with batches of a value", [[[-1, 2], "float"]], ([x], g) => g.pad(x!, [0, 0], [-1, 1], 0.5)),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.pad(x!, [0, 1], [0, 1], 7), false),
  ],
  concat: [
    one(
      "columns",
      [
        [[-1, 2], "float"],
        [[-1, 1], "float"],
        [[-1, 3], "float"],
      ],
      (xs, g) => g.concat(xs, 1),
    ),
    one(
      "middle axis",
      [
        [[-1, 2, 2], "float"],
        [[-1, 1, 2], "float"],
      ],
      (xs, g) => g.concat(xs, 1),
    ),
    one(
      "batches",
      [
        [[-1, 2], "float"],
        [[-2, 2], "float"],
      ],
      (xs, g) => g.concat(xs, 0),
    ),
    one("the same twice", [[[-1, 2], "float"]], ([x], g) => g.concat([x!, x!], 1)),
    one("two batch axes", [[[-1, 2], "float"]], ([x], g) => {
      const all = g.matmul(x!, x!, false, true);
      return g.concat([all, g.tanh(all)], 1);
    }),
    one(
      "bool",
      [
        [[-1, 2], "bool"],
        [[-1, 1], "bool"],
      ],
      (xs, g) => g.concat(xs, 1),
      false,
    ),
  ],
  reverse: [
    one("columns", [[[-1, 3, 2], "float"]], ([x], g) => g.reverse(x!, 1)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.reverse(x!, 0)),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.reverse(x!, 1), false),
  ],
  sum: [
    one("all", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [0, 1, 2])),
    one("last", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [2])),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.sum(x!, [0])),
    one("kept", [[[-1, 3, 2], "float"]], ([x], g) => g.sum(x!, [0, 2], true)),
    one("nothing", [[[-1, 3], "float"]], ([x], g) => g.sum(x!, [])),
    one("both batch axes", [[[-1, 3], "float"]], ([x], g) => g.sum(g.tanh(g.matmul(x!, x!, false, true)), [0, 1])),
    one("one of two batch axes", [[[-1, 3], "float"]], ([x], g) => g.sum(g.tanh(g.matmul(x!, x!, false, true)), [0])),
    one("batch, used in rows", [[[-1, 3], "float"]], ([x], g) => g.mul(x!, g.sum(g.tanh(x!), [0]))),
    one("batch, squared", [[[-1, 3], "float"]], ([x], g) => {
      const total = g.sum(g.tanh(x!), [0]);
      return g.mul(total, total);
    }),
    one(
      "batch, beside what all have",
      [
        [[-1, 3], "float"],
        [[3], "float"],
      ],
      ([x, w], g) => g.add(g.sum(g.mul(x!, w!), [0]), g.tanh(w!)),
    ),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.sum(x!, [1]), false),
  ],
  max: [
    one("last", [[[-1, 3, 2], "float"]], ([x], g) => g.max(x!, [2])),
    one("several kept", [[[-1, 3, 2], "float"]], ([x], g) => g.max(x!, [1, 2], true)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.max(x!, [0])),
    one("int32", [[[-1, 3], whole]], ([x], g) => g.max(x!, [1]), false),
  ],
  argmax: [
    one("last", [[[-1, 5], "float"]], ([x], g) => g.argmax(x!, 1), false),
    one("middle", [[[-1, 5, 2], "float"]], ([x], g) => g.argmax(x!, 1), false),
    one("batch", [[[-1, 5], "float"]], ([x], g) => g.argmax(x!, 0), false),
    one("other rows", [[[-1, 3], "float"]], ([x], g) => g.argmax(g.matmul(x!, x!, false, true), 1), false),
    one("ties", [[[-1, 6], { below: 2 }]], ([x], g) => g.argmax(x!, 1), false),
  ],
  cumsum: [
    one("plain", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, false, false)),
    one("exclusive", [[[-1, 4, 2], "float"]], ([x], g) => g.cumsum(x!, 1, true, false)),
    one("reverse", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, false, true)),
    one("exclusive, reverse", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 1, true, true)),
    one("batch", [[[-1, 4], "float"]], ([x], g) => g.cumsum(x!, 0, false, false)),
    one("numbers of rows", [[[-2, 2], "float"]], ([x], g) =>
      g.mul(g.cast(g.reshape(g.iota(-2), [-2, 1]), "float32"), x!),
    ),
  ],
  argsort: [
    one("last", [[[-1, 5], "float"]], ([x], g) => g.argsort(x!, 1, false, 5), false),
    one("middle, descending", [[[-1, 5, 2], "float"]], ([x], g) => g.argsort(x!, 1, true, 5), false),
    one("the first two", [[[-1, 5, 2], "float"]], ([x], g) => g.argsort(x!, 1, false, 2), false),
    one("the largest three of equals", [[[-1, 6], { below: 3 }]], ([x], g) => g.argsort(x!, 1, true, 3), false),
    one("batch", [[[-1, 5], "float"]], ([x], g) => g.argsort(x!, 0, true, -1), false),
  ],
  softmax: [
    one("last", [[[-1, 4], "float"]], ([x], g) => g.softmax(x!, 1)),
    one("middle", [[[-1, 3, 2], "float"]], ([x], g) => g.softmax(x!, 1)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.softmax(x!, 0)),
  ],
  logSoftmax: [
    one("last", [[[-1, 4], "float"]], ([x], g) => g.logSoftmax(x!, 1)),
    one("middle", [[[-1, 3, 2], "float"]], ([x], g) => g.logSoftmax(x!, 1)),
    one("batch", [[[-1, 3], "float"]], ([x], g) => g.logSoftmax(x!, 0)),
    one("other rows", [[[-1, 3], "float"]], ([x], g) => g.logSoftmax(g.matmul(x!, x!, false, true), 1)),
  ],
  allRows: [
    one("read by others", [[B, "float"]], ([x], g) => g.mul(g.reverse(g.allRows(g.tanh(x!)), 0), x!)),
    one("itself", [[B, "float"]], ([x], g) => g.allRows(g.neg(x!))),
    one("bool", [[B, "bool"]], ([x], g) => g.reverse(g.allRows(g.not(x!)), 0), false),
  ],
  ownRows: [
    one("of all", [[B, "float"]], ([x], g) => g.mul(g.ownRows(g.cumsum(x!, 0, false, false)), x!)),
    one("and back", [[B, "float"]], ([x], g) => g.ownRows(g.allRows(g.tanh(x!)))),
    one("int32", [[B, whole]], ([x], g) => g.add(g.ownRows(g.reverse(x!, 0)), x!), false),
  ],
  allSum: [one("sum over rows", [[[-1, 3], "float"]], ([x], g) => g.allSum(g.sum(x!, [0])))],
};
