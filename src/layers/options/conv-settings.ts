import type { Activation } from "../../activations/index.js";
import type { Constraint } from "../../constraints/index.js";
import { type Field, ints, oneOf } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { DataFormat } from "./data-format.js";

/** How a window moves over the spatial axes. */
export interface WindowSettings {
  /** Size of the window along each spatial axis. */
  readonly kernelSize: readonly number[];
  /** Default 1. */
  readonly strides: readonly number[];
  /** "same" keeps the size (at stride 1) with zeros around; "causal" (one axis only) pads before. Default "valid". */
  readonly padding: "valid" | "same" | "causal";
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** Distance between the elements of the window. Default 1. */
  readonly dilationRate: readonly number[];
}

/** Bias and activation of a convolution. */
export interface BiasSettings {
  /** Default: none. */
  readonly activation: Activation;
  /** Default true. */
  readonly useBias: boolean;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  /** Penalty on the bias, added to the loss. Default null: none. */
  readonly biasRegularizer: Regularizer | null;
  /** Default null: none. */
  readonly activityRegularizer: Regularizer | null;
  /** Projection of the bias after each update. Default null: none. */
  readonly biasConstraint: Constraint | null;
}

/** An integer for each spatial axis, as a list. */
export function perAxisField(rank: number, value?: number): Field<readonly number[]> {
  const toConfig = (list: readonly number[]): Json => [...list];
  return ints(
    rank,
    { min: 1 },
    value === undefined ? { toConfig } : { toConfig, default: new Array<number>(rank).fill(value) },
  );
}

/** As {@link perAxisField}, zeros allowed. */
export function zeroPerAxisField(rank: number): Field<readonly number[]> {
  return ints(rank, { min: 0 }, { toConfig: (list) => [...list] });
}

export function paddingField(rank: number): Field<WindowSettings["padding"]> {
  return rank === 1
    ? oneOf(["valid", "same", "causal"], { default: "valid" })
    : oneOf<"valid" | "same" | "causal">(["valid", "same"], { default: "valid" });
}
