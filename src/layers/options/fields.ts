import * as activations from "../../activations/index.js";
import * as constraints from "../../constraints/index.js";
import type { Field } from "../../core/options.js";
import * as initializers from "../../initializers/index.js";
import * as regularizers from "../../regularizers/index.js";

/** An activation by name or function; Keras's default is mostly "linear". */
export function activationField(name = "linear"): Field<activations.Activation> {
  return {
    default: activations.get(name as activations.ActivationIdentifier, "activation"),
    parse: (value, where) => activations.get(value as activations.ActivationIdentifier, where),
    toConfig: (value) => activations.serialize(value),
    fromConfig: activations.deserialize,
  };
}

/** An initializer by name, instance or config. */
export function initializerField(name: string): Field<initializers.Initializer> {
  return {
    get default() {
      return initializers.get(name, name);
    },
    parse: (value, where) => initializers.get(value as initializers.InitializerIdentifier, where),
    toConfig: (value) => initializers.serialize(value),
    fromConfig: initializers.deserialize,
  };
}

/** A regularizer by name, instance or config, or null (the default). */
export function regularizerField(): Field<regularizers.Regularizer | null> {
  return {
    default: null,
    parse: (value, where) =>
      value === null ? null : regularizers.get(value as regularizers.RegularizerIdentifier, where),
    toConfig: (value) => (value === null ? null : regularizers.serialize(value)),
    fromConfig: (json, where, reading) => (json === null ? null : regularizers.deserialize(json, where, reading)),
  };
}

/** A constraint by name, instance or config, or null (the default). */
export function constraintField(): Field<constraints.Constraint | null> {
  return {
    default: null,
    parse: (value, where) =>
      value === null ? null : constraints.get(value as constraints.ConstraintIdentifier, where),
    toConfig: (value) => (value === null ? null : constraints.serialize(value)),
    fromConfig: (json, where, reading) => (json === null ? null : constraints.deserialize(json, where, reading)),
  };
}
