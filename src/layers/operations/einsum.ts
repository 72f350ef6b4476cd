import * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { NUMPY } from "./row.js";
import { operand, wrongArgument, wrongSetting } from "./settings.js";

export const einsumOf: OperationDefinition = {
  className: "Einsum",
  module: NUMPY,
  parameters: ["...operands"],
  fields: { subscripts: null },
  compute: (args, { subscripts }) => {
    if (typeof subscripts !== "string") throw wrongSetting("subscripts", subscripts, "an equation");
    if (args.length !== 2)
      throw wrongArgument(Math.min(args.length, 2), "two operands, which is what Pawl's einsum takes");
    return ops.einsum(subscripts, operand(args, 0), operand(args, 1));
  },
};
