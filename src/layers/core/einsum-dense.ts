import type { Activation } from "../../activations/index.js";
import { type Fields, nullable, text } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { einsumWeights } from "../base/einsum-weights.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { absentField } from "../options/absent-field.js";
import { activationField } from "../options/fields.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { sizesField } from "../options/sizes-field.js";

export interface EinsumDenseSettings extends KernelAndBiasSettings {
  /** Sizes of the output's axes after the batch (after what `...` stands for); null: as the input has it. */
  readonly outputShape: readonly (number | null)[];
  /** Axes of input, kernel and output, e.g. "abc,cd->abd" or "...x,xy->...y". */
  readonly equation: string;
  /** Default: none. */
  readonly activation: Activation;
  /** Letters of the output's axes that the bias has, e.g. "d"; null for no bias. Default null. */
  readonly biasAxes: string | null;
  /** Kept for files: there are no quantized layers here. Default null. */
  readonly quantizationConfig: null;
}

export type EinsumDenseOptions = Given<EinsumDenseSettings, "equation" | "outputShape">;

/**
 * `activation(einsum(equation, x, kernel) + bias)`: a dense layer over any axes. Weights: kernel of the shape that the
 * equation gives, bias.
 */
export class EinsumDense extends TableLayer<EinsumDenseSettings> {
  static override readonly className: string = "EinsumDense";
  static override readonly positional: readonly string[] = ["equation", "outputShape"];
  static override readonly fields: Fields<EinsumDenseSettings> = {
    outputShape: sizesField(),
    equation: text(),
    activation: activationField(),
    biasAxes: nullable(text()),
    ...kernelAndBiasFields,
    quantizationConfig: absentField(null, "quantized layers"),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  kernel!: Variable;
  bias: Variable | null = null;

  /** @param outputShape a number stands for one axis */
  constructor(equation: string, outputShape: number | readonly (number | null)[], options: EinsumDenseOptions = {}) {
    super(withArguments(new.target, { equation, outputShape: outputShape as readonly number[] }, options));
  }

  override get inputSpecs(): readonly InputSpec[] | null {
    const shape = this.buildShapes?.[0];
    return shape === undefined ? null : [{ rank: shape.length }];
  }

  override build([shape]: readonly Shape[]): void {
    const { options } = this;
    const { kernelShape, biasShape, inputAxes, outputAxes } = einsumWeights(this, options, shape!);
    this.kernel = this.addWeight("kernel", {
      shape: kernelShape,
      ...weightParts(options, "kernel"),
      initializer: options.kernelInitializer.withAxes(inputAxes, outputAxes),
    });
    if (biasShape === null) return;
    this.bias = this.addWeight("bias", { shape: biasShape, ...weightParts(options, "bias") });
  }

  override call(x: Value, _context?: CallContext): Value {
    const product = ops.einsum(this.options.equation, x, this.kernel.value);
    return this.options.activation(this.bias === null ? product : ops.add(product, this.bias.value));
  }
}
