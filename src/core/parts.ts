import { FormatError, OptionError, unknownName } from "./errors.js";
import { snakeCase } from "./names.js";
import {
  type Fields,
  type OptionArguments,
  optionsFromConfig,
  optionsToConfig,
  type Resolved,
  resolveOptions,
} from "./options.js";
import type { Registry } from "./registry.js";
import { nearest } from "./spelling.js";
import type { Json } from "./stateful.js";
import { isPlainObject } from "./value-text.js";

/** A config as Keras writes it: keys in snake case. */
export type Config = { readonly [key: string]: Json };

/** Keras's dictionary for an object in a file. */
export type SerializedPart = {
  readonly module: string | null;
  readonly class_name: string;
  readonly config: Config;
  readonly registered_name: string | null;
};

/** Something that files describe by class name and config: an initializer, a loss, a metric, … */
export interface Part {
  getConfig(): Record<string, Json>;
}

/** Its class: made with one options object that a table describes. */
export interface PartClass<T extends Part, O extends object = object> {
  new (options: O): T;
  readonly className: string;
  readonly fields: Fields<O>;
}

/**
 * Base of parts whose class declares its options in a static table, `fields`: the constructor, checks, defaults,
 * `getConfig` and loading follow from it.
 */
export abstract class OptionPart<O extends object> implements Part {
  readonly options: Resolved<O>;

  /** @throws {OptionError} for an unknown, missing or wrong option */
  constructor(...[options]: OptionArguments<O>) {
    this.options = resolveOptions(classNameOf(new.target), fieldsOf<O>(new.target), options);
  }

  getConfig(): Record<string, Json> {
    return optionsToConfig(fieldsOf<O>(this.constructor), this.options);
  }
}

/** What messages and files call a class: its own `className`, not one that it inherits. */
export function classNameOf(cls: object): string {
  const { className, name } = cls as { readonly className?: string; readonly name: string };
  return className !== undefined && Object.hasOwn(cls, "className") ? className : name;
}

function fieldsOf<O>(cls: object): Fields<O> {
  return (cls as { readonly fields?: Fields<O> }).fields ?? ({} as Fields<O>);
}

/** The class of a part with any options, as registries collect them. */
export interface AnyPartClass<T extends Part> {
  // biome-ignore lint/suspicious/noExplicitAny: each class takes the options of its own table
  new (options: any): T;
  readonly className: string;
  readonly fields: object;
}

/** Where the classes of a kind are found. */
export interface PartKind<T extends Part> {
  /** For messages, e.g. "initializer". */
  readonly kind: string;
  /** Keras's module, e.g. "keras.initializers". */
  readonly module: string;
  /** Built-in classes by every name that users and files may write: `GlorotUniform`, `glorot_uniform`. */
  readonly builtIn: ReadonlyMap<string, AnyPartClass<T>>;
  readonly registered: Registry<AnyPartClass<T>>;
}

/** Keras's dictionary for a part; user classes need to be registered. */
export function serializePart<T extends Part>(kind: PartKind<T>, part: T): SerializedPart {
  const cls = part.constructor as unknown as AnyPartClass<T>;
  const { className } = cls;
  if (kind.builtIn.get(className) === cls) {
    return { module: kind.module, class_name: className, config: part.getConfig(), registered_name: null };
  }
  const registeredName = kind.registered.registeredName(cls);
  if (registeredName === null) {
    throw new OptionError({
      code: "unregistered-class",
      what: `The ${kind.kind} class ${(cls as unknown as { name: string }).name} is not registered, so no file can name it`,
      fix: `Register it first: register(${(cls as unknown as { name: string }).name})`,
    });
  }
  return { module: null, class_name: className, config: part.getConfig(), registered_name: registeredName };
}

/** The part that a dictionary of Keras (or its older form `{ class_name, config }`) describes. */
export function deserializePart<T extends Part>(kind: PartKind<T>, json: Json, where: string): T {
  if (!isConfig(json) || typeof json["class_name"] !== "string") {
    throw new FormatError({
      code: "part-json",
      what: `${where}: this does not describe a ${kind.kind}`,
      received: JSON.stringify(json),
      expected: "{ class_name, config }",
    });
  }
  const name = json["class_name"];
  const registeredName = typeof json["registered_name"] === "string" ? json["registered_name"] : null;
  const cls = (registeredName === null ? undefined : kind.registered.find(registeredName)) ?? findClass(kind, name);
  if (cls === undefined) {
    const known = [...kind.builtIn.keys()];
    const guess = nearest(name, known);
    throw new FormatError({
      code: "unknown-class",
      what: `${where}: unknown ${kind.kind} class "${registeredName ?? name}"`,
      fix: guess === undefined ? `Register the class before loading: register(${name})` : `Did you mean "${guess}"?`,
      data: { className: name },
    });
  }
  const config = isConfig(json["config"]) ? json["config"] : {};
  return new cls(optionsFromConfig(cls.className, cls.fields as Fields<Record<string, unknown>>, config));
}

/** An instance from whatever an option takes: an instance, a name, or Keras's dictionary. */
export function getPart<T extends Part>(
  kind: PartKind<T>,
  base: abstract new (...args: never[]) => T,
  identifier: unknown,
  where: string,
): T {
  if (identifier instanceof base) return identifier;
  if (typeof identifier === "string") {
    const cls = findClass(kind, identifier);
    if (cls === undefined) {
      const names = [...kind.builtIn.keys()].filter((name) => name === name.toLowerCase());
      throw unknownName(where, identifier, [...names, ...kind.registered.names()]);
    }
    return new cls({});
  }
  if (isConfig(identifier)) return deserializePart(kind, identifier, where);
  throw new OptionError({
    code: "wrong-option",
    what: `${where} must be a name, a ${kind.kind} or its config`,
    received: identifier === null ? "null" : typeof identifier,
  });
}

/**
 * The map of {@link PartKind.builtIn} from a folder's exports: each class of the kind under its name and its snake case,
 * and under further names that Keras accepts. Exports that are no such class are left out.
 */
export function builtInClasses<T extends Part>(
  base: abstract new (...args: never[]) => T,
  exported: Readonly<Record<string, unknown>>,
  aliases: Readonly<Record<string, string>> = {},
): Map<string, AnyPartClass<T>> {
  const classes = new Map<string, AnyPartClass<T>>();
  for (const value of Object.values(exported)) {
    if (typeof value !== "function" || !(value.prototype instanceof base)) continue;
    const cls = value as unknown as AnyPartClass<T>;
    classes.set(cls.className, cls);
    classes.set(snakeCase(cls.className), cls);
  }
  for (const [alias, className] of Object.entries(aliases)) classes.set(alias, classes.get(className)!);
  return classes;
}

export function isConfig(value: unknown): value is Config {
  return isPlainObject(value);
}

function findClass<T extends Part>(kind: PartKind<T>, name: string): AnyPartClass<T> | undefined {
  return kind.builtIn.get(name) ?? kind.registered.find(name);
}
