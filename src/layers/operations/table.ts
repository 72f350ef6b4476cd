import { lazilyMerged } from "../../core/lazily.js";
import type * as ops from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { defineOperations } from "../base/operations.js";
import * as constants from "./constants.js";
import * as elementWise from "./element-wise.js";
import * as fourier from "./fourier.js";
import { getItem } from "./get-item.js";
import * as image from "./image.js";
import * as linalg from "./linalg.js";
import * as nn from "./nn.js";
import * as numpy from "./numpy.js";
import * as numpyMore from "./numpy-more.js";
import type { OutsideNetworks } from "./outside.js";
import * as products from "./products.js";
import * as reductions from "./reductions.js";
import type { AnyOp, Row } from "./row.js";
import * as selections from "./selections.js";
import * as sequences from "./sequences.js";
import * as shapes from "./shapes.js";

/** Keras's spelling of ops that have a name of their own here. */
const ALIASES = {
  absolute: elementWise.abs,
  amax: reductions.max,
  amin: reductions.min,
  isnan: elementWise.isNan,
  logaddexp: elementWise.logAddExp,
  logsumexp: reductions.logSumExp,
  moveaxis: shapes.moveAxis,
  negative: elementWise.neg,
  swapaxes: shapes.swapAxes,
  var: reductions.variance,
};

/** The ops that take tensors of a network. */
export type OpName = Exclude<keyof typeof ops, OutsideNetworks>;

/** The row of an op, or of each op of a namespace. */
type RowsOf<T> = T extends AnyOp ? Row<T> : { readonly [K in keyof T]: RowsOf<T[K]> };

/** A row for each op; a missing one does not compile. */
export const ROWS: { readonly [K in OpName]: RowsOf<(typeof ops)[K]> } = lazilyMerged(
  ALIASES,
  constants,
  elementWise,
  { getItem, image },
  linalg,
  nn,
  numpy,
  numpyMore,
  reductions,
  shapes,
  products,
  selections,
  fourier,
  sequences,
);

function definitionsOf(rows: unknown): readonly OperationDefinition[] {
  if (typeof rows !== "object" || rows === null) return [];
  return "definitions" in rows ? (rows as Row).definitions : Object.values(rows).flatMap(definitionsOf);
}
/** All operations that files can have; those that several rows share once. */
export const OPERATION_DEFINITIONS = (): readonly OperationDefinition[] => [
  ...new Set([...definitionsOf(ROWS), ...elementWise.MORE_ELEMENT_WISE, ...reductions.MORE_REDUCTIONS]),
];
defineOperations(OPERATION_DEFINITIONS);
