import type { Build, Value } from "../../src/graph/index.js";
import { type Cases, one, whole } from "./primitive-case.js";

/** For each row the number of the row that is most like it. */
const nearest = (x: Value, g: Build): Value => g.argmax(g.matmul(x, x, false, true), 1);

export const PRODUCTS_CASES: Cases<"matmul" | "gather" | "scatterAdd" | "take" | "put" | "takeAlong" | "addAlong"> = {
  gather: [
    one(
      "rows",
      [
        [[5, 3], "float"],
        [[-1], { below: 5 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "of many",
      [
        [[4, 2, 2], "float"],
        [[-1, 3], { below: 4 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "numbers",
      [
        [[6], "float"],
        [[-1, 2], { below: 6 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
    ),
    one(
      "int32",
      [
        [[6], whole],
        [[-1, 2], { below: 6 }],
      ],
      ([table, ids], g) => g.gather(table!, ids!),
      false,
    ),
    one("other rows", [[[-1, 3], "float"]], ([x], g) => g.gather(g.tanh(x!), nearest(x!, g))),
    one("the first row for all", [[[-1, 3], "float"]], ([x], g) => g.gather(x!, g.scalar(0, "int32"))),
    one(
      "columns of rows",
      [
        [[-1, 3], "float"],
        [[-1], { below: 3 }],
      ],
      ([x, ids], g) => g.gather(g.transpose(x!, [1, 0]), ids!),
    ),
  ],
  scatterAdd: [
    one(
      "rows",
      [
        [[-1], { below: 3 }],
        [[-1, 2], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 4),
    ),
    one(
      "of many",
      [
        [[-1, 3], { below: 5 }],
        [[-1, 3, 2], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 5),
    ),
    one(
      "numbers",
      [
        [[-1, 3], { below: 5 }],
        [[-1, 3], "float"],
      ],
      ([ids, updates], g) => g.scatterAdd(ids!, updates!, 6),
    ),
    one("to other rows", [[[-1, 3], "float"]], ([x], g) => g.scatterAdd(nearest(x!, g), x!, -1)),
    one(
      "to a few rows",
      [
        [[1, 3], "float"],
        [[-2, 2], "float"],
      ],
      ([x], g) => g.scatterAdd(g.iota(1), x!, -2),
    ),
  ],
  put: [
    one("at other rows", [[[-1, 3], "float"]], ([x], g) => g.put(g.sum(x!, [1]), nearest(x!, g), -1)),
    one(
      "at the first row",
      [
        [[2], "float"],
        [[-1], "float"],
      ],
      ([x, y], g) => g.mul(g.put(x!, g.broadcast(g.scalar(0, "int32"), [2]), -1), y!),
    ),
    one(
      "rows",
      [
        [[-1], "float"],
        [[-1], { below: 4 }],
      ],
      ([x, ids], g) => g.put(x!, ids!, 4),
    ),
    one(
      "onto another",
      [
        [[-1, 2], "float"],
        [[-1, 2], { below: 3 }],
        [[-1, 2, 3], "float"],
      ],
      ([x, ids, onto], g) => g.add(g.put(x!, ids!, 3), onto!),
    ),
    one(
      "in a product and a sum",
      [
        [[-1, 2], "float"],
        [[-1, 2], { below: 3 }],
        [[-1, 2, 3], "float"],
      ],
      ([x, ids, other], g) => {
        const t = g.mul(g.put(x!, ids!, 3), other!);
        return g.sub(t, g.mul(other!, g.sum(t, [2], true)));
      },
    ),
  ],
  takeAlong: [
    one(
      "last",
      [
        [[-1, 4], "float"],
        [[-1, 3], { below: 4 }],
      ],
      ([x, ids], g) => g.takeAlong(x!, ids!, 1),
    ),
    one(
      "middle",
      [
        [[-1, 4, 2], "float"],
        [[-1, 5, 2], { below: 4 }],
      ],
      ([x, ids], g) => g.takeAlong(x!, ids!, 1),
    ),
    one("sorted", [[[-1, 5, 2], "float"]], ([x], g) => g.takeAlong(x!, g.argsort(x!, 1, true, 5), 1)),
    one("the two least", [[[-1, 5], "float"]], ([x], g) => g.takeAlong(x!, g.argsort(x!, 1, false, 2), 1)),
    one("sorted rows", [[[-1, 5], "float"]], ([x], g) => g.takeAlong(x!, g.argsort(x!, 0, false, -1), 0)),
    one(
      "bool",
      [
        [[-1, 4], "bool"],
        [[-1, 2], { below: 4 }],
      ],
      ([x, ids], g) => g.takeAlong(x!, ids!, 1),
      false,
    ),
  ],
  addAlong: [
    one(
      "last",
      [
        [[-1, 3], "float"],
        [[-1, 3], { below: 4 }],
      ],
      ([x, ids], g) => g.addAlong(x!, ids!, 1, 4),
    ),
    one(
      "middle, equal places",
      [
        [[-1, 4, 2], "float"],
        [[-1, 4, 2], { below: 2 }],
      ],
      ([x, ids], g) => g.addAlong(x!, ids!, 1, 3),
    ),
    one(
      "int32",
      [
        [[-1, 3], whole],
        [[-1, 3], { below: 2 }],
      ],
      ([x, ids], g) => g.addAlong(x!, ids!, 1, 2),
      false,
    ),
  ],
  take: [
    one("other rows", [[[-1, 3], "float"]], ([x], g) => g.take(g.matmul(x!, x!, false, true), nearest(x!, g))),
    one("the last of the rows", [[[-1, 3], "float"]], ([x], g) =>
      g.take(
        g.transpose(x!, [1, 0]),
        g.sum(g.cast(g.greater(g.iota(-1), g.broadcast(g.scalar(0, "int32"), [3, -1])), "int32"), [1]),
      ),
    ),
    one(
      "rows",
      [
        [[-1, 4], "float"],
        [[-1], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
    ),
    one(
      "deeper",
      [
        [[-1, 2, 4], "float"],
        [[-1, 2], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
    ),
    one(
      "int32",
      [
        [[-1, 4], whole],
        [[-1], { below: 4 }],
      ],
      ([x, ids], g) => g.take(x!, ids!),
      false,
    ),
  ],
  matmul: [
    one(
      "all rows with all rows",
      [
        [[-1, 3], "float"],
        [[-1, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, false, true),
    ),
    one(
      "two batches with one",
      [
        [[-2, 3], "float"],
        [[-1, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, false, true),
    ),
    one("weights of all rows", [[[-1, 3], "float"]], ([x], g) =>
      g.matmul(g.softmax(g.matmul(x!, x!, false, true), 1), x!),
    ),
    one(
      "of the batch in rows of sequences",
      [
        [[-1, 2, 3], "float"],
        [[-1, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, g.transpose(b!, [1, 0])),
    ),
    one(
      "plain",
      [
        [[-1, 3], "float"],
        [[3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "second transposed",
      [
        [[-1, 3], "float"],
        [[2, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, false, true),
    ),
    one(
      "over the batch",
      [
        [[-1, 3], "float"],
        [[-1, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, false),
    ),
    one(
      "both transposed",
      [
        [[3, -1], "float"],
        [[2, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, true),
    ),
    one(
      "batched",
      [
        [[-1, 2, 3], "float"],
        [[-1, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "batched, transposed",
      [
        [[-1, 3, 2], "float"],
        [[-1, 4, 3], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!, true, true),
    ),
    one(
      "broadcast",
      [
        [[-1, 1, 2, 3], "float"],
        [[4, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
    one(
      "matrix with batch",
      [
        [[2, 3], "float"],
        [[-1, 3, 2], "float"],
      ],
      ([a, b], g) => g.matmul(a!, b!),
    ),
  ],
};
