import type { Activation } from "../../activations/index.js";
import { OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Fields, int } from "../../core/options.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { axisSize } from "../base/shape-checks.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { paddingField, perAxisField, type WindowSettings } from "../options/conv-settings.js";
import { channelAxis, dataFormatField, spatialAxes } from "../options/data-format.js";
import { activationField } from "../options/fields.js";
import { drawMasks, type Masks } from "./cell-products.js";
import { ForgetBias } from "./lstm-cell.js";
import { type CellStep, RecurrentCell } from "./recurrent-cell.js";
import {
  type CellSettings,
  cellConstraints,
  cellDropout,
  cellInitializers,
  cellRegularizers,
} from "./recurrent-settings.js";

export interface ConvLSTMCellSettings extends WindowSettings, Omit<CellSettings, "units"> {
  /** Number of output channels. */
  readonly filters: number;
  /** Activation of the gates. Default "sigmoid". */
  readonly recurrentActivation: Activation;
  /** Adds 1 to the first bias of the forget gate. Default true. */
  readonly unitForgetBias: boolean;
}

export type ConvLSTMCellOptions = Given<ConvLSTMCellSettings, "filters" | "kernelSize">;

/** The table for `rank` spatial axes, in Keras's order. */
export function convLstmCellFields(rank: number): Fields<ConvLSTMCellSettings> {
  return {
    filters: int({ min: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: paddingField(2),
    dataFormat: dataFormatField(),
    dilationRate: perAxisField(rank, 1),
    activation: activationField("tanh"),
    recurrentActivation: activationField("sigmoid"),
    useBias: bool(true),
    ...cellInitializers,
    unitForgetBias: bool(true),
    ...cellRegularizers,
    ...cellConstraints,
    ...cellDropout,
  };
}

/**
 * One step of an LSTM whose products are convolutions (Shi et al. 2015): as {@link LSTMCell}, for x (batch, ...spatial,
 * channels) and states (batch, ...spatial, filters). The convolution of the states keeps their size. Weights: kernel
 * (...window, channels, 4 filters), recurrent_kernel (...window, filters, 4 filters), bias (4 filters).
 */
export abstract class ConvLSTMCell extends RecurrentCell<ConvLSTMCellSettings> {
  static override readonly className: string = "ConvLSTMCell";
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;
  recurrentKernel!: Variable;
  bias: Variable | null = null;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvLSTMCellOptions = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
    const { strides, dilationRate } = this.options;
    if (Math.max(...strides) === 1 || Math.max(...dilationRate) === 1) return;
    throw new OptionError({
      code: "strides-and-dilation",
      what: `${this.label} cannot have both strides and dilationRate above 1`,
      received: `strides ${strides.join(", ")} and dilationRate ${dilationRate.join(", ")}`,
      fix: "Leave one of them at 1",
    });
  }

  override get stateSize(): readonly [number, number] {
    return [this.options.filters, this.options.filters];
  }

  override stateShapes(step: Shape): readonly (readonly number[])[] {
    const { filters, kernelSize, strides, padding, dilationRate, dataFormat } = this.options;
    const spatial = spatialAxes(step.length, dataFormat).map((axis, i) => {
      const size = axisSize(this, step, axis);
      const reach = padding === "same" ? 1 : (kernelSize[i]! - 1) * dilationRate[i]! + 1;
      return Math.floor((size - reach) / strides[i]!) + 1;
    });
    const shape = dataFormat === "channels_last" ? [...spatial, filters] : [filters, ...spatial];
    return [shape, shape];
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize, useBias, unitForgetBias, biasInitializer, dataFormat } = this.options;
    if (shape!.length !== kernelSize.length + 2) throw this.#wrongRank(shape!);
    const channels = axisSize(this, shape!, channelAxis(shape!.length, dataFormat));
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, channels, 4 * filters],
      ...weightParts(this.options, "kernel"),
    });
    this.recurrentKernel = this.addWeight("recurrent_kernel", {
      shape: [...kernelSize, filters, 4 * filters],
      ...weightParts(this.options, "recurrent"),
    });
    if (!useBias) return;
    this.bias = this.addWeight("bias", {
      shape: [4 * filters],
      ...weightParts(this.options, "bias"),
      initializer: unitForgetBias ? new ForgetBias(biasInitializer) : biasInitializer,
    });
  }

  override prepare(dims: Dims, context: CallContext): CellStep {
    const { activation, recurrentActivation, strides, padding, dilationRate, dataFormat } = this.options;
    const axis = channelAxis(dims.length, dataFormat);
    const state = [dims[0]!, ...this.stateShapes(dims)[0]!];
    const masks = drawMasks({ ...this.options, implementation: 1 }, 4, dims, state, context);
    const ofInput = { strides, padding, dilations: dilationRate, dataFormat } as const;
    const ofState = { padding: "same", dataFormat } as const;
    const bias = this.#shapedBias(dims.length);
    const gates = (x: Value, kernel: Variable, own: Masks, options: object): Value => {
      if (own.length === 0) return ops.conv(x, kernel.value, options);
      const parts = ops.split(kernel.value, 4, -1);
      const dropped = parts.map((part, gate) => ops.conv(ops.multiply(x, own[gate]!), part, options));
      return ops.concatenate(dropped, axis);
    };
    return (x, [h, c]) => {
      const fromInput = gates(x, this.kernel, masks.input, ofInput);
      const shifted = bias === null ? fromInput : ops.add(fromInput, bias);
      const z = ops.add(shifted, gates(h!, this.recurrentKernel, masks.state, ofState));
      const [zi, zf, zc, zo] = ops.split(z, 4, axis);
      const kept = ops.multiply(recurrentActivation(zf!), c!);
      const carry = ops.add(kept, ops.multiply(recurrentActivation(zi!), activation(zc!)));
      const output = ops.multiply(recurrentActivation(zo!), activation(carry));
      return { output, states: [output, carry] };
    };
  }

  #shapedBias(rank: number): Value | null {
    if (this.bias === null) return null;
    if (this.options.dataFormat === "channels_last") return this.bias.value;
    return ops.reshape(this.bias.value, [1, this.bias.size, ...new Array<number>(rank - 2).fill(1)]);
  }

  #wrongRank(shape: Shape): ShapeError {
    const spatial = this.options.kernelSize.map(() => "size").join(", ");
    return new ShapeError({
      code: "conv-lstm-input",
      what: `${this.label} cannot take steps of this shape`,
      received: formatShape(shape),
      expected:
        this.options.dataFormat === "channels_last" ? `(batch, ${spatial}, channels)` : `(batch, channels, ${spatial})`,
      fix: "Give sequences with one more axis, of steps, after the batch",
      data: { layer: this.name, shape },
    });
  }
}

/** The cell of {@link ConvLSTM1D}. */
export class ConvLSTM1DCell extends ConvLSTMCell {
  static override readonly fields: Fields<ConvLSTMCellSettings> = convLstmCellFields(1);
}

/** The cell of {@link ConvLSTM2D}. */
export class ConvLSTM2DCell extends ConvLSTMCell {
  static override readonly fields: Fields<ConvLSTMCellSettings> = convLstmCellFields(2);
}

/** The cell of {@link ConvLSTM3D}. */
export class ConvLSTM3DCell extends ConvLSTMCell {
  static override readonly fields: Fields<ConvLSTMCellSettings> = convLstmCellFields(3);
}
