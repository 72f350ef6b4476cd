import type { ClassNames, RegisteredName } from "../core/class-names.js";
import { OptionError } from "../core/errors.js";
import { snakeCase } from "../core/names.js";
import {
  type AnyPartClass,
  builtInClasses,
  deserializePart,
  getPart,
  isConfig,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { FunctionLoss, type LossFunction } from "./function-loss.js";
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

const registered = new Registry<AnyPartClass<Loss>>("loss");
const kind: PartKind<Loss> = {
  kind: "loss",
  module: "keras.losses",
  builtIn: builtInClasses(Loss, catalogue, ALIASES),
  registered,
};

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
  if (typeof identifier === "function") return new FunctionLoss(identifier);
  return getPart(kind, Loss, functionConfig(identifier) ?? identifier, where);
}

/**
 * The name that Keras reads back: `mse` and `MeanSquaredError` are `mean_squared_error`. Keras 3 cannot read its own
 * files that say "mse".
 */
export function canonicalName(name: string): string {
  const cls = kind.builtIn.get(name);
  return cls === undefined ? name : snakeCase(cls.className);
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
  return serializePart(kind, loss);
}

/** The loss that Keras's dictionary (or a name) describes. */
export function deserialize(json: Json, where = "loss"): Loss {
  const name = typeof json === "string" ? json : functionConfig(json);
  return name === undefined ? deserializePart(kind, json, where) : getPart(kind, Loss, name, where);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<Loss>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}

/** Keras writes a loss given as a function as { class_name: "function", config: name }. */
function functionConfig(json: unknown): string | undefined {
  if (!isConfig(json) || json["class_name"] !== "function") return undefined;
  return typeof json["config"] === "string" ? json["config"] : undefined;
}
