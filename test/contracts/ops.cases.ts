import type * as ops from "../../src/ops/index.js";
import type { OpCase } from "./op-case.js";
import { general } from "./ops/general.cases.js";

/** Operations by name; those of a namespace, such as `image`, as "image.resize". */
export type OpName = {
  [K in keyof typeof ops]: (typeof ops)[K] extends (...operands: never[]) => unknown
    ? K
    : `${K}.${keyof (typeof ops)[K] & string}`;
}[keyof typeof ops];

/** Rows for every operation, by family; a missing one does not compile. */
export const OP_CASES: { readonly [K in OpName]: readonly OpCase[] } = {
  ...general,
};
