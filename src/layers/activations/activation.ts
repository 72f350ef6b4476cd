import type { Activation as ActivationFunction, ActivationIdentifier } from "../../activations/index.js";
import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { activationField } from "../options/fields.js";

export interface ActivationSettings {
  /** The function. */
  readonly activation: ActivationFunction;
}

export type ActivationOptions = Given<ActivationSettings, "activation">;

/** An activation as a layer of its own. */
export class Activation extends TableLayer<ActivationSettings> {
  static override readonly className: string = "Activation";
  static override readonly positional: readonly string[] = ["activation"];
  static override readonly fields: Fields<ActivationSettings> = {
    activation: activationField(),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(activation: ActivationIdentifier, options: ActivationOptions = {}) {
    super(withArguments(new.target, { activation }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    return this.options.activation(x);
  }
}
