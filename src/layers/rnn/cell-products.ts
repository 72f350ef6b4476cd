import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { purposeOf } from "../base/noise.js";

/** The options that decide which masks a cell draws. */
export interface MaskOptions {
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly seed: number | null;
  /** 1: each gate has its own masks; 2: all gates share one. As in Keras, recurrent dropout implies 1. */
  readonly implementation: number;
}

/** Factors for the inputs of gates: none, one for all gates, or one for each. */
export type Masks = readonly Value[];

/**
 * The dropout masks of a cell for inputs and states, drawn once for all steps. None outside of training and, as in
 * Keras, at rate 1.
 */
export function drawMasks(
  { recurrentDropout, implementation, seed, ...options }: MaskOptions,
  gates: number,
  input: Dims,
  state: Dims,
  context: CallContext,
): { readonly input: Masks; readonly state: Masks } {
  const count = implementation === 1 || recurrentDropout > 0 ? gates : 1;
  const draw = (name: string, rate: number, dims: Dims): Masks => {
    if (!context.training || rate === 0 || rate === 1) return [];
    return Array.from({ length: count }, (_, gate) => {
      const isKept = ops.greaterEqual(context.random(purposeOf(`${name}:${gate}`, seed), dims, "uniform"), rate);
      return ops.where(isKept, 1 / (1 - rate), 0);
    });
  };
  return { input: draw("dropout", options.dropout, input), state: draw("recurrent_dropout", recurrentDropout, state) };
}

/** x . kernel for all gates side by side, with x dropped by the masks. */
export function gatedProduct(x: Value, kernel: Value, masks: Masks): Value {
  if (masks.length === 0) return ops.matmul(x, kernel);
  if (masks.length === 1) return ops.matmul(ops.multiply(x, masks[0]!), kernel);
  const parts = ops.split(kernel, masks.length, -1);
  const products = parts.map((part, gate) => ops.matmul(ops.multiply(x, masks[gate]!), part));
  return ops.concatenate(products, -1);
}
