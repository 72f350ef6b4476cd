import { bool, type Fields } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Dims } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
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

export type SimpleRNNCellOptions = Given<CellSettings, "units">;

/**
 * One step of a plain recurrent layer: h' = activation(x . kernel + bias + h . recurrent_kernel), x (batch, features), h
 * (batch, units). Weights: kernel (features, units), recurrent_kernel (units, units), bias (units).
 */
export class SimpleRNNCell extends UnitsCell<CellSettings> {
  static override readonly className: string = "SimpleRNNCell";
  static override readonly fields: Fields<CellSettings> = {
    ...cellHead,
    useBias: bool(true),
    ...cellInitializers,
    ...cellRegularizers,
    ...cellConstraints,
    ...cellDropout,
  };

  constructor(units: number, options: SimpleRNNCellOptions = {}) {
    super(withArguments(new.target, { units }, options));
  }

  override get stateSize(): number {
    return this.options.units;
  }

  override build([shape]: readonly Shape[]): void {
    const { units, useBias } = this.options;
    this.addKernels(shape!, 1);
    if (useBias) this.bias = this.addWeight("bias", { shape: [units], ...weightParts(this.options, "bias") });
  }

  override prepare(dims: Dims, context: CallContext): CellStep {
    const { units, activation } = this.options;
    const masks = drawMasks({ ...this.options, implementation: 2 }, 1, dims, [dims[0]!, units], context);
    return (x, [h]) => {
      const fromInput = gatedProduct(x, this.kernel.value, masks.input);
      const shifted = this.bias === null ? fromInput : ops.add(fromInput, this.bias.value);
      const output = activation(ops.add(shifted, gatedProduct(h!, this.recurrentKernel.value, masks.state)));
      return { output, states: [output] };
    };
  }
}
