import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { InputSpec } from "../base/input-spec.js";
import { axisSize } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { weightParts } from "../base/weight-parts.js";
import type { BiasSettings, WindowSettings } from "../options/conv-settings.js";
import { channelAxis } from "../options/data-format.js";

/** What all convolutions share: rank and channels of the input, bias and activation. */
export abstract class ConvLayer<
  S extends BiasSettings & Pick<WindowSettings, "dataFormat" | "kernelSize">,
> extends TableLayer<S> {
  static override readonly traits: LayerTraits = { castsToFloat: true };
  bias: Variable | null = null;

  override get inputSpecs(): readonly InputSpec[] {
    const rank = this.#rank;
    const shape = this.buildShapes?.[0];
    if (shape === undefined) return [{ rank }];
    const axis = channelAxis(rank, this.options.dataFormat);
    return [{ rank, axes: { [axis]: shape[axis]! } }];
  }

  /** Input channels of the shape. */
  protected channels(shape: Shape): number {
    return axisSize(this, shape, channelAxis(this.#rank, this.options.dataFormat));
  }

  protected addBias(channels: number): void {
    if (!this.options.useBias) return;
    this.bias = this.addWeight("bias", { shape: [channels], ...weightParts(this.options, "bias") });
  }

  /** Bias and activation. */
  protected finish(products: Value): Value {
    const { activation, dataFormat } = this.options;
    if (this.bias === null) return activation(products);
    const ones = this.options.kernelSize.map(() => 1);
    const bias =
      dataFormat === "channels_last" ? this.bias.value : ops.reshape(this.bias.value, [1, this.bias.size, ...ones]);
    return activation(ops.add(products, bias));
  }

  /** Of input and output: batch, spatial axes, channels. */
  get #rank(): number {
    return this.options.kernelSize.length + 2;
  }
}
