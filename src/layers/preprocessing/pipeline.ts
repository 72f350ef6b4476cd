import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { valuesOf } from "../base/inputs.js";
import { type AnyLayer, Layer } from "../base/layer.js";
import { layerField } from "../base/layer-field.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import type { LayerOptions } from "../options/layer-options.js";

export interface PipelineSettings {
  /** The layers, each of which takes what the one before gives. */
  readonly layers: readonly AnyLayer[];
}

const one = layerField();
const parse = (value: unknown, where: string): readonly AnyLayer[] => {
  if (Array.isArray(value) && value.every((item) => item instanceof Layer)) return value;
  throw wrongOption(where, "a list of layers", value);
};
const layersField: Field<readonly AnyLayer[]> = {
  parse,
  toConfig: (list) => list.map((layer) => one.toConfig!(layer)),
  fromConfig(json, where, reading) {
    if (!Array.isArray(json)) throw wrongOption(where, "a list of layers", json);
    const list = (json as readonly Json[]).map((layer, i) => one.fromConfig!(layer, `${where}[${i}]`, reading));
    return parse(list, where);
  },
};

/** Layers one after the other as one layer, as for what is done to data before training. */
export class Pipeline extends TableLayer<PipelineSettings> {
  static override readonly className: string = "Pipeline";
  static override readonly positional: readonly string[] = ["layers"];
  static override readonly fields: Fields<PipelineSettings> = { layers: layersField };
  static override readonly traits: LayerTraits = { takesMask: true };

  readonly layers: readonly AnyLayer[];

  /** @throws {OptionError} when it is given anything but layers */
  constructor(layers: readonly AnyLayer[], options: LayerOptions = {}) {
    super(withArguments(new.target, { layers }, options));
    this.layers = this.options.layers;
  }

  /** Keras writes no more. */
  override getConfig(): Record<string, Json> {
    const { layers, name } = super.getConfig();
    return { layers: layers!, name: name! };
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const last = this.layers.reduce<{ readonly value: Value; readonly masks: CallContext["masks"] }>(
      ({ value, masks }, layer) => {
        const { outputs, masks: next } = context.applyMasked(layer, value, masks);
        return { value: valuesOf(outputs)[0]!, masks: next };
      },
      { value: x, masks: context.masks },
    );
    context.setMasks(last.masks);
    return last.value;
  }
}
