import type { Grouped } from "../../core/grouped.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { StepValues } from "../../engine/step-values.js";
import type { Variable } from "../../engine/variable.js";
import type { Dims, Value } from "../../graph/value.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { CallForm } from "./call-form.js";
import type { HostStage } from "./host-stage.js";
import type { Inputs } from "./inputs.js";
import type { Mask, Masked, MaskedLayer } from "./masks.js";
import type { LayerTraits } from "./traits.js";

/** Options of a call within a graph. */
export type CallValues = { readonly [option: string]: Json | Value };

/** What a call needs of a layer that gives `O`; {@link Layer} is the class of it. */
export interface CalledLayer<O extends Grouped<Value> = Grouped<Value>> extends MaskedLayer, Required<LayerTraits> {
  readonly activityRegularizer: Regularizer | null;
  readonly sublayers: readonly CalledLayer[];
  /** @internal */
  readonly weights: readonly Variable[];
  /** @internal */
  readonly networkKind: "functional" | "sequential" | null;
  /** What of it is computed on the host; null where all is a graph. @internal */
  readonly hostStage: HostStage | null;
  /** @internal */
  readonly form: CallForm;
  /** @internal */
  ensureBuilt(shapes: readonly Shape[]): void;
  /** What it takes is its own matter. */
  call(inputs: never, context?: CallContext): O;
}

/** What a layer's `call` may use besides its inputs and weights. */
export interface CallContext {
  readonly training: boolean;
  /** float32 scalar: rows of the whole batch, of which this graph may see only a shard. */
  readonly rows: Value;
  /** Options of this call, as given to `apply(x, options)`. */
  readonly options: CallValues;
  /** Which steps of each input count, in the inputs' order; empty: nothing is masked. */
  readonly masks: readonly Mask[];
  /**
   * Fresh random numbers for each step, the same for the same (seed, place of the layer in its model, call, purpose,
   * iteration). "uniform" is in [0, 1), "normal" has mean 0 and deviation 1. `dims` as in {@link Dims}.
   */
  random(purpose: string, dims: Dims, distribution: "uniform" | "normal"): Value;
  /** The variable's value at this point of the step: what an earlier call assigned, else its present value. */
  read(variable: Variable): Value;
  /** The variable's value after this step. It must be the same for all shards: reduce over rows with `ops.allSum`. */
  assign(variable: Variable, value: Value): void;
  /** Adds a scalar to the loss: this shard's part of it, so that the parts of all shards add up to the whole. */
  addLoss(value: Value): void;
  /**
   * Logs a scalar of the whole batch under a name: its mean over the epoch, weighted by the batches' rows. In training
   * and in evaluations; elsewhere it does nothing. Calls of one layer may use one name: all of them count.
   */
  addMetric(name: string, value: Value): void;
  /** The context for calling `layer` inside this one; counts the call. Prefer {@link apply}, which also builds. */
  child(layer: CalledLayer, options?: CallValues): CallContext;
  /**
   * What variables hold at this point of the step.
   * @internal
   */
  readonly values: StepValues;
  /**
   * The mask that came with a value: out of a layer, or with the inputs of a call.
   * @internal
   */
  maskOf(value: Value): Mask;
  /** @internal */
  noteMask(value: Value, mask: Mask): void;
  /** Calls `layer` inside this one: builds it at first use, checks and casts its inputs. */
  apply<O extends Grouped<Value>>(layer: CalledLayer<O>, inputs: Grouped<Value>, options?: CallValues): O;
  /** The same for inputs with masks. */
  applyMasked(layer: CalledLayer, inputs: Inputs, masks: readonly Mask[], options?: CallValues): Masked;
  /** Sets the masks of this call's outputs, instead of what `computeMask` gives. */
  setMasks(masks: readonly Mask[]): void;
}
