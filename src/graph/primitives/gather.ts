import { checkArity, checkDType, misfit, product } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";

/** (table (R, ...rest), int32 ids (...i)) -> (...i, ...rest). Ids lie in 0 … R - 1. */
export const gather: Primitive<"gather"> = {
  name: "gather",
  rows: rowByRow(linearIn(0), ({ inputs: [table] }) => table!.shape[0]! < 0),
  type(inputs) {
    checkArity("gather", inputs, 2);
    checkDType("gather", inputs, 1, ["int32"]);
    const [table, ids] = [inputs[0]!, inputs[1]!];
    if (table.shape.length === 0) throw misfit("gather", inputs, "a table with at least one axis");
    if (table.shape[0] === 0 && product(ids.shape) !== 0) throw misfit("gather", inputs, "a table with rows");
    return { shape: [...ids.shape, ...table.shape.slice(1)], dtype: table.dtype };
  },
  gradient: ({ inputs: [table, ids] }, dy, g) => [g.scatterAdd(ids!, dy, table!.shape[0]!), null],
};
