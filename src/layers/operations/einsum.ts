import * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { NUMPY } from "./row.js";
import { operand, wrongSetting } from "./settings.js";

export const einsumOf: OperationDefinition = {
  className: "Einsum",
  module: NUMPY,
  parameters: ["...operands"],
  fields: { subscripts: null },
  compute: (args, { subscripts }) => {
    if (typeof subscripts !== "string") throw wrongSetting("subscripts", subscripts, "an equation");
    return ops.einsum(subscripts, ...args.map((_, i) => operand(args, i)));
  },
};
