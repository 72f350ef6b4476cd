import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { flatDictionary } from "../core/dialect.js";
import { PartKind } from "../core/part-kind.js";
import type { AnyPartClass, SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { Regularizer } from "./regularizer.js";

const kind = new PartKind<Regularizer>({
  kind: "regularizer",
  module: "keras.regularizers",
  base: Regularizer,
  catalogue,
  aliases: { l1_l2: "L1L2", WeightRegularizer: "L1L2", ActivityRegularizer: "L1L2", L1L2Regularizer: "L1L2" },
  modern: flatDictionary,
});

/** The names that Keras has for regularizers. */
export type RegularizerName = ClassNames<keyof typeof catalogue> | "l1_l2";

/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
export type RegularizerIdentifier = RegularizerName | RegisteredName | Regularizer | { readonly [key: string]: Json };

/**
 * The regularizer that an identifier names.
 * @param where for messages, e.g. "Dense.kernelRegularizer"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: RegularizerIdentifier | string, where = "regularizer"): Regularizer {
  return kind.get(identifier, where);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(regularizer: Regularizer): SerializedPart {
  return kind.serialize(regularizer);
}

/** The regularizer that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "regularizer", reading?: Reading): Regularizer {
  return kind.deserialize(json, where, reading);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Regularizer>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
