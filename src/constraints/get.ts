import type { ClassNames, RegisteredName } from "../core/class-names.js";
import {
  type AnyPartClass,
  builtInClasses,
  deserializePart,
  getPart,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { Constraint } from "./constraint.js";

const registered = new Registry<AnyPartClass<Constraint>>("constraint");
const kind: PartKind<Constraint> = {
  kind: "constraint",
  module: "keras.constraints",
  builtIn: builtInClasses(Constraint, catalogue),
  registered,
};

/** The names that Keras has for constraints. */
export type ConstraintName = ClassNames<keyof typeof catalogue>;

/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
export type ConstraintIdentifier = ConstraintName | RegisteredName | Constraint | { readonly [key: string]: Json };

/**
 * The constraint that an identifier names.
 * @param where for messages, e.g. "Dense.kernelConstraint"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: ConstraintIdentifier | string, where = "constraint"): Constraint {
  return getPart(kind, Constraint, identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(constraint: Constraint): SerializedPart {
  return serializePart(kind, constraint);
}

/** The constraint that Keras's dictionary describes. */
export function deserialize(json: Json, where = "constraint"): Constraint {
  return deserializePart(kind, json, where);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Constraint>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
