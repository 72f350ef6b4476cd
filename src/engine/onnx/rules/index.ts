import type { PrimitiveName } from "../../../graph/primitive.js";
import type { Rule } from "../rule.js";
import { convolutions } from "./conv.js";
import { elementwise } from "./elementwise.js";
import { matmul } from "./matmul.js";
import { pools } from "./pool.js";
import { reductions } from "./reduce.js";
import { shape } from "./shape.js";

/** How each primitive becomes ONNX; a missing one does not compile. */
export const RULES: { readonly [P in PrimitiveName]: Rule<P> } = {
  input: "leaf",
  random: "leaf",
  allRows: "leaf",
  ownRows: "leaf",
  ...shape,
  ...elementwise,
  ...reductions,
  ...convolutions,
  ...pools,
  matmul,
  scan: "family",
};
