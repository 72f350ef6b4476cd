import type { Activation } from "../../activations/index.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Shape, StaticShape } from "../../core/shape.js";
import type { Dims } from "../../graph/value.js";
import { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { activationField } from "../options/fields.js";
import { drawMasks, gatedProduct } from "./cell-products.js";
import type { CellStep } from "./recurrent-cell.js";
import {
  type CellSettings,
  cellConstraints,
  cellDropout,
  cellHead,
  cellInitializers,
  cellRegularizers,
} from "./recurrent-settings.js";
import { UnitsCell } from "./units-cell.js";

export interface LSTMCellSettings extends CellSettings {
  /** Activation of the gates. Default "sigmoid". */
  readonly recurrentActivation: Activation;
  /** Adds 1 to the first bias of the forget gate. Default true. */
  readonly unitForgetBias: boolean;
  /** 1: each gate has its own dropout mask. 2 (the default): all gates share one. Recurrent dropout implies 1. */
  readonly implementation: number;
}

export type LSTMCellOptions = Given<LSTMCellSettings, "units">;

/**
 * One step of an LSTM (Hochreiter & Schmidhuber 1997): x (batch, features), states h and c (batch, units). With
 * z = x . kernel + bias + h . recurrent_kernel in four parts i, f, c, o: c' = f c + i activation(z_c), h' = o
 * activation(c'). Weights: kernel (features, 4 units), recurrent_kernel (units, 4 units), bias (4 units).
 */
export class LSTMCell extends UnitsCell<LSTMCellSettings> {
  static override readonly className: string = "LSTMCell";
  static override readonly fields: Fields<LSTMCellSettings> = {
    ...cellHead,
    recurrentActivation: activationField("sigmoid"),
    useBias: bool(true),
    unitForgetBias: bool(true),
    ...cellInitializers,
    ...cellRegularizers,
    ...cellConstraints,
    ...cellDropout,
    implementation: int({ min: 1, max: 2 }, { default: 2, transient: true }),
  };

  constructor(units: number, options: LSTMCellOptions = {}) {
    super(withArguments(new.target, { units }, options));
  }

  override get stateSize(): readonly [number, number] {
    return [this.options.units, this.options.units];
  }

  override build([shape]: readonly Shape[]): void {
    const { units, useBias, unitForgetBias, biasInitializer } = this.options;
    this.addKernels(shape!, 4);
    if (!useBias) return;
    this.bias = this.addWeight("bias", {
      shape: [4 * units],
      ...weightParts(this.options, "bias"),
      initializer: unitForgetBias ? new ForgetBias(biasInitializer) : biasInitializer,
    });
  }

  override prepare(dims: Dims, context: CallContext): CellStep {
    const { units, activation, recurrentActivation } = this.options;
    const masks = drawMasks(this.options, 4, dims, [dims[0]!, units], context);
    return (x, [h, c]) => {
      const fromInput = gatedProduct(x, this.kernel.value, masks.input);
      const shifted = this.bias === null ? fromInput : ops.add(fromInput, this.bias.value);
      const z = ops.add(shifted, gatedProduct(h!, this.recurrentKernel.value, masks.state));
      const [zi, zf, zc, zo] = ops.split(z, 4, -1);
      const kept = ops.multiply(recurrentActivation(zf!), c!);
      const carry = ops.add(kept, ops.multiply(recurrentActivation(zi!), activation(zc!)));
      const output = ops.multiply(recurrentActivation(zo!), activation(carry));
      return { output, states: [output, carry] };
    };
  }
}

/** The bias of four gates: ones for the second, `others` for the rest, drawn part by part as Keras does. */
export class ForgetBias extends Initializer {
  readonly #others: Initializer;

  constructor(others: Initializer) {
    super();
    this.#others = others;
  }

  override initialize([size]: StaticShape, seed: number): Float32Array {
    const units = size! / 4;
    const bias = new Float32Array(size!).fill(1);
    bias.set(this.#others.initialize([units], seed));
    bias.set(this.#others.initialize([2 * units], seed), 2 * units);
    return bias;
  }
}
