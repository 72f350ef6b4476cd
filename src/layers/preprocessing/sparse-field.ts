import { type Field, wrongOption } from "../../core/options.js";

/** The option `sparse`: there are only dense tensors. */
export const sparseField: Field<boolean> = {
  default: false,
  parse(value, where) {
    if (value === false) return false;
    throw wrongOption(where, "false", value, "Pawl has no sparse tensors; the dense ones hold the same numbers");
  },
};
