import { ShapeError } from "../../core/errors.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const constant: Primitive<"constant"> = {
  name: "constant",
  rows: rowByRow(),
  type(_inputs, { tensor }) {
    const { dtype, shape } = tensor;
    if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
      throw new ShapeError({
        code: "operands",
        what: "A constant of a graph cannot have this dtype",
        received: dtype,
        expected: "float32, int32 or bool",
        fix: "Cast the tensor first",
      });
    }
    return { shape, dtype };
  },
};
