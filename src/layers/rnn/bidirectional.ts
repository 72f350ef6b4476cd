import { OptionError } from "../../core/errors.js";
import { type Field, type Fields, nullable, oneOf, wrongOption } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { type AnyLayer, Layer } from "../base/layer.js";
import { layerField } from "../base/layer-field.js";
import type { Mask } from "../base/masks.js";
import { copyLayer } from "../base/serialize.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import type { LayerOptions } from "../options/layer-options.js";
import { BaseRnn } from "./base-rnn.js";

/** A recurrent layer: one of Pawl's, or a class of your own with these properties, whose config has Keras's keys for them. */
export interface RecurrentLayer extends AnyLayer {
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  resetState?(): void;
}

/** How two outputs become one; null: they stay two. */
export type MergeMode = "concat" | "sum" | "mul" | "ave" | null;

export interface BidirectionalSettings {
  /** Default "concat". */
  readonly mergeMode: MergeMode;
  readonly layer: RecurrentLayer;
  /**
   * Takes the sequence backwards. It must have another `goBackwards` than the layer and else be like it. Default null: a
   * copy of the layer.
   */
  readonly backwardLayer: RecurrentLayer | null;
}

export interface BidirectionalOptions<M extends MergeMode = MergeMode> extends LayerOptions {
  /** Default "concat". */
  readonly mergeMode?: M;
  /**
   * Takes the sequence backwards. It must have another `goBackwards` than the layer and else be like it. Default null: a
   * copy of the layer.
   */
  readonly backwardLayer?: RecurrentLayer | null;
}

const { toConfig, fromConfig } = layerField();
const recurrentField: Field<RecurrentLayer> = {
  parse(value, where) {
    if (isRecurrent(value)) return value;
    throw wrongOption(where, "a recurrent layer, such as new layers.LSTM(8)", value);
  },
  toConfig: toConfig as never,
  fromConfig: fromConfig as never,
};

const SAME = ["stateful", "returnSequences", "returnState"] as const;
const isRecurrent = (value: unknown): value is RecurrentLayer =>
  value instanceof Layer && [...SAME, "goBackwards"].every((key) => key in value);

/** What it gives: for layers with states, and for two outputs that stay two, a list. */
type Result<L extends RecurrentLayer, M extends MergeMode> =
  L extends Layer<infer _, readonly Value[]> ? readonly Value[] : M extends null ? readonly [Value, Value] : Value;

/**
 * A recurrent layer and a copy of it that goes backwards (Schuster & Paliwal 1997); their outputs are put together in the
 * order of the input. As in Keras both are new layers with new weights, named `forward_…` and `backward_…`, and masked
 * steps of sequences give zeros. States to begin with are `apply([x, ...forward, ...backward])`; with `returnState` of the
 * layer the states of both follow the output in this order.
 */
export class Bidirectional<
  L extends RecurrentLayer = RecurrentLayer,
  M extends MergeMode = "concat",
> extends TableLayer<BidirectionalSettings, Inputs, Result<L, M>> {
  static override readonly className: string = "Bidirectional";
  static override readonly traits: LayerTraits = BaseRnn.traits;
  static override readonly positional: readonly string[] = ["layer"];
  static override readonly fields: Fields<BidirectionalSettings> = {
    mergeMode: nullable(oneOf(["concat", "sum", "mul", "ave"]), { default: "concat" }),
    layer: recurrentField,
    backwardLayer: nullable(recurrentField),
  };

  readonly forwardLayer: RecurrentLayer;
  readonly backwardLayer: RecurrentLayer;

  /** @throws {OptionError} for a layer that is none of a sequence, and two layers that do not fit together */
  constructor(layer: L, options: BidirectionalOptions<M> = {}) {
    super(withArguments(new.target, pairOf(layer, options), optionsOf(layer, options)) as never);
    this.forwardLayer = this.options.layer;
    this.backwardLayer = this.options.backwardLayer!;
    this.#checkPair();
  }

  get returnSequences(): boolean {
    return this.forwardLayer.returnSequences;
  }

  get returnState(): boolean {
    return this.forwardLayer.returnState;
  }

  get stateful(): boolean {
    return this.forwardLayer.stateful;
  }

  /** Sets the states that both layers carry from batch to batch back to zeros. */
  resetState(): void {
    this.forwardLayer.resetState?.();
    this.backwardLayer.resetState?.();
  }

  /** The same, by Keras's older name. */
  resetStates(): void {
    this.resetState();
  }

  override computeMask(_inputs: Inputs, [mask = null]: readonly Mask[]): readonly Mask[] {
    const out = this.returnSequences ? mask : null;
    return this.options.mergeMode === null ? [out, out] : [out];
  }

  override build([shape]: readonly Shape[]): void {
    this.forwardLayer.ensureBuilt([shape!]);
    this.backwardLayer.ensureBuilt([shape!]);
  }

  override call(inputs: Inputs, context: CallContext = presentContext()): Result<L, M> {
    const [x, ...states] = valuesOf(inputs) as readonly [Value, ...Value[]];
    const half = Math.ceil(states.length / 2);
    const run = (layer: AnyLayer, own: readonly Value[]): readonly [Value, ...Value[]] => {
      const given = own.length === 0 ? x : [x, ...own];
      return valuesOf(context.applyMasked(layer, given, context.masks.slice(0, 1)).outputs) as [Value, ...Value[]];
    };
    const [forward, ...ofForward] = run(this.forwardLayer, states.slice(0, half));
    const [backward, ...ofBackward] = run(this.backwardLayer, states.slice(half));
    const turned = this.returnSequences ? ops.reverse(backward, 1) : backward;
    const outputs = merged(forward, turned, this.options.mergeMode);
    const all = [...outputs, ...ofForward, ...ofBackward];
    return (all.length === 1 ? all[0]! : all) as Result<L, M>;
  }

  #checkPair(): void {
    const [forward, backward] = [this.forwardLayer, this.backwardLayer];
    const differing = SAME.find((key) => forward[key] !== backward[key]);
    if (differing === undefined && forward.goBackwards !== backward.goBackwards) return;
    const key = differing ?? "goBackwards";
    throw new OptionError({
      code: "bidirectional-layers",
      what: `${this.label}: its two layers must ${differing === undefined ? "go opposite ways" : `have the same ${key}`}`,
      received: `${key}: ${forward[key]} of ${forward.label} and ${key}: ${backward[key]} of ${backward.label}`,
      fix: `Change ${key} of one of them, or leave backwardLayer out for a copy of the layer`,
      data: { layer: this.name },
    });
  }
}

/** The two layers of which it is made. */
function pairOf(layer: unknown, options: unknown): { readonly layer: unknown; readonly backwardLayer?: unknown } {
  if (!isRecurrent(layer)) return { layer };
  const { backwardLayer: given = null } = (isPlainObject(options) ? options : {}) as BidirectionalOptions;
  const config = layer.getConfig();
  const zeros = "zero_output_for_mask" in config ? { zero_output_for_mask: layer.returnSequences } : {};
  const forward = copyLayer(layer, { ...zeros, name: `forward_${layer.name.replace(/^forward_/, "")}` });
  if (given === null) {
    const backward = { ...zeros, go_backwards: true, name: `backward_${layer.name.replace(/^backward_/, "")}` };
    return { layer: forward, backwardLayer: copyLayer(layer, backward) };
  }
  if (given instanceof BaseRnn) given.zeroMaskedOutputs();
  return { layer: forward, backwardLayer: given };
}

/** The other options; the shape that a first layer was told to expect is that of the whole. */
function optionsOf(layer: unknown, options: unknown): never {
  if (!isPlainObject(options) || !isRecurrent(layer)) return options as never;
  const { backwardLayer: _given, ...rest } = options as BidirectionalOptions;
  const shape = layer.inputShapeOption;
  const isTold = shape === null || "inputShape" in rest || "batchInputShape" in rest;
  return (isTold ? rest : { batchInputShape: shape, ...rest }) as never;
}

function merged(forward: Value, backward: Value, mode: MergeMode): readonly Value[] {
  if (mode === null) return [forward, backward];
  if (mode === "concat") return [ops.concatenate([forward, backward], -1)];
  if (mode === "mul") return [ops.multiply(forward, backward)];
  const sum = ops.add(forward, backward);
  return [mode === "sum" ? sum : ops.divide(sum, 2)];
}
