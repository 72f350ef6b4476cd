import type * as ops from "../../ops/index.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { Row } from "./row.js";

/** A tensor of a network is what it is; data stay data. */
const itself: Row<(x: never) => never> = { definitions: [], operands: [0], apply: (x: unknown) => x as never };

export const constant: Row<typeof ops.constant> = itself as unknown as Row<typeof ops.constant>;
/** A model means the whole batch, as a graph does. */
export const allSum: Row<typeof ops.allSum> = { ...itself, apply: (x) => x as KerasTensor } as Row<typeof ops.allSum>;
