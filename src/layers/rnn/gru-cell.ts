import type { Activation } from "../../activations/index.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { activationField } from "../options/fields.js";
import { drawMasks, gatedProduct, type Masks } from "./cell-products.js";
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

export interface GRUCellSettings extends CellSettings {
  /** Activation of the gates. Default "sigmoid". */
  readonly recurrentActivation: Activation;
  /** Whether the reset gate comes after the product with the recurrent kernel (as cuDNN has it) or before. Default true. */
  readonly resetAfter: boolean;
  /** 1: each gate has its own dropout mask. 2 (the default): all gates share one. Recurrent dropout implies 1. */
  readonly implementation: number;
}

export type GRUCellOptions = Given<GRUCellSettings, "units">;

/**
 * One step of a gated recurrent unit (Cho et al. 2014): x (batch, features), state h (batch, units). With x . kernel +
 * bias and h . recurrent_kernel in three parts z, r, h: h' = z h + (1 - z) activation(x_h + r (h . recurrent_h)); with
 * `resetAfter` false the last product is (r h) . recurrent_h. Weights: kernel (features, 3 units), recurrent_kernel
 * (units, 3 units), bias (2, 3 units), for input and state, or without `resetAfter` (3 units).
 */
export class GRUCell extends UnitsCell<GRUCellSettings> {
  static override readonly className: string = "GRUCell";
  static override readonly fields: Fields<GRUCellSettings> = gruFields();

  constructor(units: number, options: GRUCellOptions = {}) {
    super(withArguments(new.target, { units }, options));
  }

  override get stateSize(): number {
    return this.options.units;
  }

  override build([shape]: readonly Shape[]): void {
    const { units, useBias, resetAfter } = this.options;
    this.addKernels(shape!, 3);
    if (!useBias) return;
    this.bias = this.addWeight("bias", {
      shape: resetAfter ? [2, 3 * units] : [3 * units],
      ...weightParts(this.options, "bias"),
    });
  }

  override prepare(dims: Dims, context: CallContext): CellStep {
    const { units, activation, recurrentActivation, resetAfter } = this.options;
    const masks = drawMasks(this.options, 3, dims, [dims[0]!, units], context);
    const recurrentKernel = this.recurrentKernel.value;
    const [ofInput = null, ofState = null] = this.#biases();
    return (x, [h]) => {
      const [xz, xr, xh] = ops.split(plus(gatedProduct(x, this.kernel.value, masks.input), ofInput), 3, -1);
      const gate = (input: Value, state: Value): Value => recurrentActivation(ops.add(input, state));
      const mixed = (z: Value, candidate: Value): CellResultOf => {
        const output = ops.add(ops.multiply(z, h!), ops.multiply(ops.subtract(1, z), candidate));
        return { output, states: [output] };
      };
      if (resetAfter) {
        const [hz, hr, hh] = ops.split(plus(gatedProduct(h!, recurrentKernel, masks.state), ofState), 3, -1);
        const [z, r] = [gate(xz!, hz!), gate(xr!, hr!)];
        return mixed(z, activation(ops.add(xh!, ops.multiply(r, hh!))));
      }
      const gates = ops.slice(recurrentKernel, -1, 0, 2 * units);
      const [hz, hr] = ops.split(gatedProduct(h!, gates, masks.state.slice(0, 2)), 2, -1);
      const [z, r] = [gate(xz!, hz!), gate(xr!, hr!)];
      const last = ops.slice(recurrentKernel, -1, 2 * units, 3 * units);
      const dropped = dropping(h!, masks.state);
      return mixed(z, activation(ops.add(xh!, ops.matmul(ops.multiply(r, dropped), last))));
    };
  }

  /** The biases of input and state. */
  #biases(): readonly Value[] {
    if (this.bias === null) return [];
    const { value } = this.bias;
    return this.options.resetAfter ? ops.unstack(value) : [value];
  }
}

type CellResultOf = ReturnType<CellStep>;

const plus = (x: Value, bias: Value | null): Value => (bias === null ? x : ops.add(x, bias));

/** The state as the candidate sees it. */
const dropping = (h: Value, masks: Masks): Value => (masks.length === 0 ? h : ops.multiply(h, masks[2]!));

/** The table in Keras's order. */
function gruFields(): Fields<GRUCellSettings> {
  const { seed, ...dropout } = cellDropout;
  return {
    ...cellHead,
    recurrentActivation: activationField("sigmoid"),
    useBias: bool(true),
    ...cellInitializers,
    ...cellRegularizers,
    ...cellConstraints,
    ...dropout,
    resetAfter: bool(true),
    seed,
    implementation: int({ min: 1, max: 2 }, { default: 2, transient: true }),
  };
}
