import type * as ops from "../../src/ops/index.js";
import type { OpCase } from "./op-case.js";
import { core } from "./ops/core.cases.js";
import { fft } from "./ops/fft.cases.js";
import { general } from "./ops/general.cases.js";
import { imageOps } from "./ops/image.cases.js";
import { linalg } from "./ops/linalg.cases.js";
import { nn } from "./ops/nn.cases.js";
import { numpyArrays } from "./ops/numpy-arrays.cases.js";
import { numpyNumbers } from "./ops/numpy-numbers.cases.js";

/** Operations by name; those of a namespace, such as `image`, as "image.resize". */
export type OpName = {
  [K in keyof typeof ops]: (typeof ops)[K] extends (...operands: never[]) => unknown
    ? K
    : `${K}.${keyof (typeof ops)[K] & string}`;
}[keyof typeof ops];

/** Under test elsewhere: they have no values of their own (asking.test.ts, aliases.test.ts). */
type Elsewhere =
  | "convertToNumpy"
  | "dtype"
  | "isTensor"
  | "ndim"
  | "shape"
  | "size"
  | "eig"
  | "nonzero"
  | "polar"
  | "viewAsComplex"
  | "viewAsReal"
  | "absolute"
  | "amax"
  | "amin"
  | "isnan"
  | "logaddexp"
  | "logsumexp"
  | "moveaxis"
  | "negative"
  | "swapaxes"
  | "var";

/** Rows for every operation, by family; a missing one does not compile. */
export const OP_CASES: { readonly [K in Exclude<OpName, Elsewhere>]: readonly OpCase[] } = {
  ...general,
  ...linalg,
  ...nn,
  ...numpyArrays,
  ...numpyNumbers,
  ...fft,
  ...imageOps,
  ...core,
};
