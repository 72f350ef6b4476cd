import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { meaningless } from "../core/dialect.js";
import { OptionError } from "../core/errors.js";
import { snakeCase } from "../core/names.js";
import { PartKind } from "../core/part-kind.js";
import type { AnyPartClass, SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { FunctionLoss, type LossFunction } from "./function-loss.js";
import { classOfFunction } from "./functions.js";
import { Loss } from "./loss.js";

const ALIASES = {
  bce: "BinaryCrossentropy",
  BCE: "BinaryCrossentropy",
  kld: "KLDivergence",
  KLD: "KLDivergence",
  kullback_leibler_divergence: "KLDivergence",
  logcosh: "LogCosh",
  mae: "MeanAbsoluteError",
  MAE: "MeanAbsoluteError",
  mape: "MeanAbsolutePercentageError",
  MAPE: "MeanAbsolutePercentageError",
  mse: "MeanSquaredError",
  MSE: "MeanSquaredError",
  msle: "MeanSquaredLogarithmicError",
  MSLE: "MeanSquaredLogarithmicError",
};

const kind = new PartKind<Loss>({
  kind: "loss",
  module: "keras.losses",
  base: Loss,
  catalogue,
  aliases: ALIASES,
  wrap: (fn) => ofFunction(fn) ?? new FunctionLoss(fn as LossFunction),
  dialect: {
    "*": {
      fn: meaningless("the function that the class stands for"),
      dtype: meaningless("losses are float32"),
      __passive_serialization__: meaningless("Keras's own note"),
    },
  },
});

/** The class of one of the library's own functions. */
function ofFunction(fn: object): Loss | undefined {
  const name = classOfFunction(fn);
  return name === undefined ? undefined : new (kind.find(name)!)({});
}

/** The names that Keras has for losses. `crossentropy` and `ce` are binary, sparse or categorical as the shapes are. */
export type LossName = ClassNames<keyof typeof catalogue> | keyof typeof ALIASES | "crossentropy" | "ce";

/** What `compile` takes as a loss: a name as in Keras (`package>Name` if registered), an instance, a function, or a config. */
export type LossIdentifier = LossName | RegisteredName | Loss | LossFunction | { readonly [key: string]: Json };

/**
 * The loss that an identifier names.
 * @param where for messages, e.g. "compile: loss"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(identifier: LossIdentifier | string, where = "loss"): Loss {
  return kind.get(identifier, where);
}

/**
 * The name that Keras reads back: `mse` and `MeanSquaredError` are `mean_squared_error`. Keras 3 cannot read its own
 * files that say "mse".
 */
export function canonicalName(name: string): string {
  const cls = kind.find(name);
  return cls === undefined || kind.registered.find(name) === cls ? name : snakeCase(cls.className);
}

/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
export function serialize(loss: Loss): SerializedPart {
  if (loss instanceof FunctionLoss) {
    throw new OptionError({
      code: "unregistered-function",
      what: `The loss function "${loss.name}" cannot be saved, because files cannot hold functions`,
      fix: "Write it as a subclass of Loss and register that class",
    });
  }
  return kind.serialize(loss);
}

/** The loss that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "loss", reading?: Reading): Loss {
  return kind.deserialize(json, where, reading);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Loss>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
