import type * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { defineOperations } from "../base/operations.js";
import * as constants from "./constants.js";
import * as elementWise from "./element-wise.js";
import * as products from "./products.js";
import * as reductions from "./reductions.js";
import type { AnyOp, Row } from "./row.js";
import * as selections from "./selections.js";
import * as shapes from "./shapes.js";

/**
 * Ops that have no operand which could be a tensor of a network (`iota`), or that work on graphs and not on tensors
 * (`gradients`): a layer's call, a Lambda or a step of your own is their place.
 */
export type OutsideNetworks =
  | "arange"
  | "batchRows"
  | "customGradient"
  | "eye"
  | "full"
  | "gradients"
  | "input"
  | "iota"
  | "linspace"
  | "ones"
  | "random"
  | "recur"
  | "zeros";

/** The ops that take tensors of a network. */
export type OpName = Exclude<keyof typeof ops, OutsideNetworks>;

/** A row for each op; a missing one does not compile. */
export const ROWS: { readonly [K in OpName]: Row<(typeof ops)[K]> } = {
  ...constants,
  ...elementWise,
  ...reductions,
  ...shapes,
  ...products,
  ...selections,
};

const definitions: OperationDefinition[] = Object.values<Row<AnyOp> | unknown>(ROWS).flatMap((row) =>
  typeof row === "object" && row !== null && "definitions" in row ? (row as Row).definitions : [],
);
defineOperations(definitions);
defineOperations([...elementWise.MORE_ELEMENT_WISE, ...reductions.MORE_REDUCTIONS, ...shapes.MORE_SHAPES]);
