import type { RegisteredName } from "../core/class-names.js";
import { OptionError, unknownName } from "../core/errors.js";
import { lazily } from "../core/lazily.js";
import { isConfig } from "../core/parts.js";
import { customFor, PRESENT, type Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import { unknownClass } from "../core/unknown-class.js";
import type { Value } from "../graph/value.js";
import * as catalogue from "./catalogue.js";
import { isOldHardSigmoid, OLD_HARD_SIGMOID, oldHardSigmoid } from "./old-hard-sigmoid.js";

/** An element-wise (or axis-wise) function of a layer's output. */
export type Activation = (x: Value) => Value;

/** The names that Keras has for activations. */
export type ActivationName = keyof typeof catalogue;

/** What options take: a name (a registered one as `package>name`), a function, or null for none. */
export type ActivationIdentifier = ActivationName | RegisteredName | Activation | null;

const builtIn = lazily(() => new Map<string, Activation>(Object.entries(catalogue)));
/** Canonical name of each function; an alias (`swish`) is written as Keras does (`silu`). */
const names = lazily(
  () => new Map([...builtIn()].filter(([name]) => !isAlias(name)).map(([name, activation]) => [activation, name])),
);

/** Built-in functions, by functions for users that also take other things than values. */
const originals = new WeakMap<Activation, Activation>();

/** Lets a function count as a built-in one: `get` gives that one for it. */
export function standsFor(activation: Activation, original: Activation): void {
  originals.set(activation, original);
}

/** What Keras 1 and 2 have under the name of another function of Keras 3. */
const OLD_MEANINGS: ReadonlyMap<string, Activation> = new Map([["hard_sigmoid", oldHardSigmoid]]);

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
  if (typeof identifier === "function") return originals.get(identifier) ?? identifier;
  if (typeof identifier !== "string") return deserialize(identifier, where);
  const activation = find(identifier);
  if (activation === undefined) throw unknownName(where, identifier, [...builtIn().keys(), ...registered.keys()]);
  return activation;
}

/**
 * What files have for an activation: Keras's name, `Custom>name` for a registered one, or a dictionary of layers for a
 * function that Keras 3 has no name for.
 * @throws {OptionError} for a function that nobody registered
 */
export function serialize(activation: Activation): Json {
  if (activation === oldHardSigmoid) return OLD_HARD_SIGMOID;
  const name = names().get(originals.get(activation) ?? activation) ?? registeredNames.get(activation);
  if (name === undefined) {
    throw new OptionError({
      code: "unregistered-function",
      what: `The activation function ${activation.name || "without a name"} is not registered, so no file can name it`,
      fix: 'Register it first: activations.register("my_activation", myActivation)',
    });
  }
  return name;
}

/**
 * The function that a file's name (or Keras's dictionary for a function) stands for, in the file's age.
 * @throws {FormatError} for an unknown name
 */
export function deserialize(json: Json, where = "activation", reading: Reading = PRESENT): Activation {
  if (json === null) return catalogue.linear;
  if (isOldHardSigmoid(json)) return oldHardSigmoid;
  const { name, full } = functionName(json, where);
  const given = customFor(reading, full, name);
  if (typeof given === "function") return given as Activation;
  const activation = (reading.age < 3 ? OLD_MEANINGS.get(name) : undefined) ?? find(full) ?? find(name);
  if (activation !== undefined) return activation;
  throw unknownClass({ kind: "activation", name: full, where, known: [...builtIn().keys(), ...registered.keys()] });
}

/** Makes a function of your own known by a name, so that files can name it. */
export function register(name: string, activation: Activation, packageName = "Custom"): Activation {
  const present = builtIn().get(name) ?? registered.get(name);
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

/** Keras writes functions by name, or as { class_name: "function", config: name, registered_name }. */
function functionName(json: Json, where: string): { readonly name: string; readonly full: string } {
  if (typeof json === "string") return { name: bareName(json), full: json };
  if (isConfig(json)) {
    const { class_name: className, config, registered_name: full } = json;
    if (className === "function" && typeof config === "string") {
      return { name: config, full: typeof full === "string" ? full : config };
    }
  }
  throw new OptionError({
    code: "wrong-option",
    what: `${where} must be a name of an activation, a function or null`,
    received: JSON.stringify(json) ?? typeof json,
  });
}

const find = (name: string): Activation | undefined => builtIn().get(name) ?? registered.get(bareName(name));

function bareName(name: string): string {
  return name.slice(name.indexOf(">") + 1);
}

function isAlias(name: string): boolean {
  return name === "swish" || name === "hard_swish";
}
