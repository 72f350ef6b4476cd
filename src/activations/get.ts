import type { RegisteredName } from "../core/class-names.js";
import { OptionError, unknownName } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/value.js";
import * as catalogue from "./catalogue.js";

/** An element-wise (or axis-wise) function of a layer's output. */
export type Activation = (x: Value) => Value;

/** The names that Keras has for activations. */
export type ActivationName = keyof typeof catalogue;

/** What options take: a name (a registered one as `package>name`), a function, or null for none. */
export type ActivationIdentifier = ActivationName | RegisteredName | Activation | null;

const builtIn = new Map<string, Activation>(Object.entries(catalogue));
/** Canonical name of each function; an alias (`swish`) is written as Keras does (`silu`). */
const names = new Map<Activation, string>();
for (const [name, activation] of builtIn) if (!isAlias(name)) names.set(activation, name);

const registered = new Map<string, Activation>();
const registeredNames = new Map<Activation, string>();

/**
 * The function that an identifier names.
 * @param where for messages, e.g. "Dense.activation"
 * @throws {OptionError} for an unknown name, with the nearest spelling
 */
export function get(
  identifier: ActivationIdentifier | string | { readonly [key: string]: Json },
  where = "activation",
): Activation {
  if (identifier === null) return catalogue.linear;
  if (typeof identifier === "function") return identifier;
  if (typeof identifier === "string") {
    const activation = builtIn.get(identifier) ?? registered.get(bareName(identifier));
    if (activation === undefined) throw unknownName(where, identifier, [...builtIn.keys(), ...registered.keys()]);
    return activation;
  }
  return fromConfig(identifier, where);
}

/**
 * The name that files have for an activation: Keras's own, or `Custom>name` for a registered one.
 * @throws {OptionError} for a function that nobody registered
 */
export function serialize(activation: Activation): string {
  const name = names.get(activation) ?? registeredNames.get(activation);
  if (name === undefined) {
    throw new OptionError({
      code: "unregistered-function",
      what: `The activation function ${activation.name || "without a name"} is not registered, so no file can name it`,
      fix: 'Register it first: activations.register("my_activation", myActivation)',
    });
  }
  return name;
}

/** The function that a file's name (or Keras's dictionary for a function) stands for. */
export function deserialize(json: Json, where = "activation"): Activation {
  return get(json as string, where);
}

/** Makes a function of your own known by a name, so that files can name it. */
export function register(name: string, activation: Activation, packageName = "Custom"): Activation {
  const present = builtIn.get(name) ?? registered.get(name);
  if (present !== undefined && present !== activation) {
    throw new OptionError({
      code: "activation-registered",
      what: `Another activation is called "${name}"`,
      fix: "Give yours another name",
    });
  }
  registered.set(name, activation);
  registeredNames.set(activation, `${packageName}>${name}`);
  return activation;
}

/** Keras writes functions as { class_name: "function", config: name } and layers as activations by their class. */
function fromConfig(json: unknown, where: string): Activation {
  if (isConfig(json)) {
    const { class_name: className, config, registered_name: registeredName } = json;
    if (className === "function" && typeof config === "string") {
      return get(
        typeof registeredName === "string" && registered.has(bareName(registeredName)) ? registeredName : config,
        where,
      );
    }
  }
  throw new OptionError({
    code: "wrong-option",
    what: `${where} must be a name of an activation, a function or null`,
    received: JSON.stringify(json) ?? typeof json,
  });
}

function bareName(name: string): string {
  return name.slice(name.indexOf(">") + 1);
}

function isAlias(name: string): boolean {
  return name === "swish" || name === "hard_swish";
}
