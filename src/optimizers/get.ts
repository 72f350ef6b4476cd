import type { RegisteredName } from "../core/class-names.js";
import { meaningless } from "../core/dialect.js";
import { PartKind } from "../core/part-kind.js";
import { type AnyPartClass, type Config, isConfig, type SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as leaves from "./catalogue.js";
import { LossScaleOptimizer } from "./loss-scale-optimizer.js";
import { modernConfig } from "./modern-config.js";
import { MultiOptimizer } from "./multi-optimizer.js";
import { Optimizer } from "./optimizer.js";
import { describeOptimizers } from "./optimizer-field.js";

const catalogue = { ...leaves, LossScaleOptimizer, MultiOptimizer };

const kind = new PartKind<Optimizer>({
  kind: "optimizer",
  module: "keras.optimizers",
  base: Optimizer,
  catalogue,
  anyCase: true,
  modern,
  dialect: {
    "*": {
      jit_compile: meaningless("steps are always compiled"),
      is_legacy_optimizer: meaningless("which of Keras 2's two implementations wrote it"),
    },
  },
});

/** The names that Keras has for optimizers. */
export type OptimizerName = Lowercase<keyof typeof leaves> | keyof typeof leaves;

/** What `compile` takes: a name (`package>Name` if registered), an optimizer, or Keras's config. */
export type OptimizerIdentifier = OptimizerName | RegisteredName | Optimizer | { readonly [key: string]: Json };

/**
 * An optimizer from what `compile` takes: an optimizer, a name as Keras has it (`"adam"`, `"rmsprop"`; case does not
 * matter), or Keras's dictionary.
 * @throws {OptionError} for an unknown name, with the nearest right one
 */
export function get(identifier: unknown, where = "optimizer"): Optimizer {
  return kind.get(identifier, where);
}

/** Keras's dictionary for an optimizer. */
export function serialize(optimizer: Optimizer): SerializedPart {
  return kind.serialize(optimizer);
}

/** The optimizer that Keras's dictionary (of any age) or a name in a file stands for. */
export function deserialize(json: Json, where = "optimizer", reading?: Reading): Optimizer {
  return kind.deserialize(json, where, reading);
}

/** Keras 3's form of a dictionary; Keras 2 wrote `Custom>Adam`. */
function modern(json: Config): Config {
  const className = json["class_name"];
  if (typeof className !== "string" || isRegistered(json["registered_name"]) || isRegistered(className)) return json;
  const scaling = isConfig(json["config"]) ? json["config"] : {};
  const inner = scaling["inner_optimizer"];
  // Keras 2's around an optimizer that trains in float16; in float32 it does nothing.
  const isOld = !("dynamic_growth_steps" in scaling) || "dynamic" in scaling;
  if (/^LossScaleOptimizer(V\d)?$/.test(className) && isConfig(inner) && isOld) return modern(inner);
  // Keras 2 calls its own optimizers registered ones; those of users have a table of their own.
  const cls = kind.find(className.replace(/^Custom>/, ""));
  if (cls === undefined || kind.registered.find(cls.className) === cls) return json;
  const config = isConfig(json["config"]) ? json["config"] : {};
  return { class_name: cls.className, config: modernConfig(cls.className, config) };
}

/** A user's class may have the name of one of ours: its package tells them apart. */
const isRegistered = (name: Json | undefined): boolean =>
  typeof name === "string" && name.includes(">") && kind.registered.find(name) !== undefined;

/** Makes a class of your own known by its `className`, so that files and names can refer to it. */
export function register<C extends AnyPartClass<Optimizer>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}

describeOptimizers({ serialize, deserialize });
