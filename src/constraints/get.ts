import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { flatDictionary, renamed } from "../core/dialect.js";
import { PartKind } from "../core/part-kind.js";
import type { AnyPartClass, SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { Constraint } from "./constraint.js";

const kind = new PartKind<Constraint>({
  kind: "constraint",
  module: "keras.constraints",
  base: Constraint,
  catalogue,
  dialect: { MaxNorm: { m: renamed("max_value") } },
  modern: flatDictionary,
});

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
  return kind.get(identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(constraint: Constraint): SerializedPart {
  return kind.serialize(constraint);
}

/** The constraint that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "constraint", reading?: Reading): Constraint {
  return kind.deserialize(json, where, reading);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Constraint>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
