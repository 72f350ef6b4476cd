import type { Fields } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import type { Inputs } from "./inputs.js";
import type { AnyLayer } from "./layer.js";
import { layerField } from "./layer-field.js";
import { TableLayer } from "./table-layer.js";
import { withArguments } from "./with-arguments.js";

export interface WrapperSettings {
  /** The layer that is wrapped. */
  readonly layer: AnyLayer;
}

/**
 * A layer around another one: the base of such classes, as in Keras. Extend it, override `call`, and call the layer inside
 * as `this.layer.apply(x)`; further options go into a `static fields` that repeats `...Wrapper.fields`.
 */
export abstract class Wrapper<
  S extends WrapperSettings = WrapperSettings,
  I extends Inputs = Value,
  O extends Inputs = Value,
> extends TableLayer<S, I, O> {
  static override readonly className: string = "Wrapper";
  static override readonly positional: readonly string[] = ["layer"];
  static override readonly fields: Fields<WrapperSettings> = { layer: layerField() };

  readonly layer: AnyLayer;

  /** @throws {OptionError} when it is given no layer */
  constructor(layer: AnyLayer, options: object = {}) {
    super(withArguments(new.target, { layer }, options) as never);
    this.layer = this.options.layer;
  }

  override build(shapes: readonly Shape[]): void {
    this.layer.ensureBuilt(shapes);
  }
}
