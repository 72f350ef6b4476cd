import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface CustomScaleLayerOptions {
  /** Factor of the second input. */
  readonly scale: number;
}

/** The first input plus a part of the second one: how Inception-ResNet V2 adds its residuals. */
export class CustomScaleLayer extends TableLayer<CustomScaleLayerOptions, readonly Value[]> {
  static override readonly className: string = "CustomScaleLayer";
  /** @internal */
  static override readonly kerasModule: string = "keras.src.applications.inception_resnet_v2";
  static override readonly fields: Fields<CustomScaleLayerOptions> = { scale: float() };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  override call([x, residual]: readonly Value[], _context?: CallContext): Value {
    return ops.add(x!, ops.multiply(residual!, this.options.scale));
  }
}
