import type { Fields } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { carriedStates } from "../base/carried-state.js";
import { presentContext } from "../base/current-context.js";
import { type Inputs, isList, valuesOf } from "../base/inputs.js";
import type { AnyLayer } from "../base/layer.js";
import type { LayerTraits } from "../base/traits.js";
import { Wrapper, type WrapperSettings } from "../base/wrapper.js";
import type { LayerOptions } from "../options/layer-options.js";

/**
 * Applies a layer or model to every step of its input by itself: (batch, steps, ...) -> (batch, steps, ...), with the same
 * weights in all steps. A mask (batch, steps) goes on to what follows; a layer that takes masks gets that of each step.
 *
 * The steps are computed together, as rows of one larger batch, but for layers with state of their own (such as
 * BatchNormalization): these see one step after the other, as in Keras 3.
 */
export class TimeDistributed<O extends Inputs = Value> extends Wrapper<WrapperSettings, Value, O> {
  static override readonly className: string = "TimeDistributed";
  static override readonly fields: Fields<WrapperSettings> = Wrapper.fields;
  static override readonly traits: LayerTraits = {
    supportsMasking: true,
    takesMask: true,
    inputSpecs: [{ minRank: 3 }],
  };

  /** @throws {OptionError} when it is given no layer */
  constructor(layer: AnyLayer, options: LayerOptions = {}) {
    super(layer, options);
  }

  override build([shape]: readonly Shape[]): void {
    super.build([[shape![0]!, ...shape!.slice(2)]]);
  }

  override call(x: Value, context: CallContext = presentContext()): O {
    const [mask = null] = this.layer.takesMask ? context.masks : [];
    if (this.#stepsMatter(context)) return this.#oneByOne(x, mask, context);
    const [rows, steps] = x.shape as [number, number, ...number[]];
    const folded = (value: Value): Value => ops.reshape(value, [rows * steps, ...value.shape.slice(2)]);
    const masks = mask === null ? [] : [folded(mask)];
    const outputs = context.applyMasked(this.layer, folded(x), masks).outputs;
    return mapped(outputs, (output) => ops.reshape(output, [rows, steps, ...output.shape.slice(1)])) as O;
  }

  /** Whether a step changes what the next one gives. */
  #stepsMatter({ training }: CallContext): boolean {
    const { weights, thawedWeights } = this.layer;
    return (training && weights.length > thawedWeights.length) || carriedStates(this.layer).length > 0;
  }

  #oneByOne(x: Value, mask: Value | null, context: CallContext): O {
    const masks = mask === null ? [] : ops.unstack(mask, 1);
    const steps = ops.unstack(x, 1).map((step, i) => {
      return context.applyMasked(this.layer, step, masks.slice(i, i + 1)).outputs;
    });
    const all = steps.map(valuesOf);
    return mapped(steps[0]!, (_, i) =>
      ops.stack(
        all.map((outputs) => outputs[i]!),
        1,
      ),
    ) as O;
  }
}

function mapped(outputs: Inputs, form: (output: Value, index: number) => Value): Inputs {
  return isList(outputs) ? outputs.map(form) : form(outputs, 0);
}
