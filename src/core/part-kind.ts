import { type Config, isConfig, type SerializedPart } from "./config.js";
import { type KeyTable, translated } from "./dialect.js";
import { FormatError, OptionError, PawlError, unknownName } from "./errors.js";
import { lazily } from "./lazily.js";
import { snakeCase } from "./names.js";
import { optionFromKeras } from "./option-names.js";
import { type Fields, optionsFromConfig } from "./options.js";
import type { AnyPartClass, Part } from "./parts.js";
import { customFor, PRESENT, type Reading } from "./reading.js";
import { Registry } from "./registry.js";
import type { Json } from "./stateful.js";
import { unknownClass } from "./unknown-class.js";
import { valueText } from "./value-text.js";

/** A kind of parts: initializers, losses, … */
export interface KindOptions<T extends Part> {
  /** For messages, e.g. "initializer". */
  readonly kind: string;
  /** Keras's module, e.g. "keras.initializers". */
  readonly module: string;
  readonly base: abstract new (...args: never[]) => T;
  /**
   * A folder's exports: each class of this kind is found under its name and its snake case; other exports are ignored.
   */
  readonly catalogue: Readonly<Record<string, unknown>>;
  /** Other names that Keras accepts, each with its class name. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Whether names ignore case. */
  readonly anyCase?: boolean;
  /** Wraps a function as a part. Without it, functions are refused. */
  readonly wrap?: (fn: (...args: never[]) => unknown) => T;
  /** Translations of keys of other Keras versions, by class; "*": for all classes. */
  readonly dialect?: Readonly<Record<string, KeyTable>>;
  /** Converts the dictionary to today's form, where more than keys has changed. */
  readonly modern?: (json: Config, reading: Reading) => Config;
}

/** All parts of one kind by name: built in, registered by users, or given by them for loading. */
export class PartKind<T extends Part> {
  readonly registered: Registry<AnyPartClass<T>>;
  readonly #options: KindOptions<T>;
  readonly #builtIn: () => ReadonlyMap<string, AnyPartClass<T>>;

  constructor(options: KindOptions<T>) {
    this.#options = options;
    this.registered = new Registry<AnyPartClass<T>>(options.kind);
    this.#builtIn = lazily(() => named(options));
  }

  /** The class with this name, built in or registered. */
  find(name: string): AnyPartClass<T> | undefined {
    const built =
      this.#builtIn().get(name) ?? (this.#options.anyCase ? this.#builtIn().get(name.toLowerCase()) : undefined);
    return built ?? this.registered.find(name);
  }

  /**
   * A part from any value that an option accepts: an instance, a name, Keras's dictionary, or (for some kinds) a
   * function.
   * @throws {OptionError} for an unknown name, with the nearest spelling
   */
  get(identifier: unknown, where: string): T {
    if (identifier instanceof this.#options.base) return identifier;
    if (typeof identifier === "function" && this.#options.wrap) return this.#options.wrap(identifier as () => unknown);
    if (typeof identifier === "string") {
      const cls = this.find(identifier);
      if (cls === undefined) throw unknownName(where, identifier, this.#namesLike(identifier));
      return new cls({});
    }
    if (isConfig(identifier)) return this.deserialize(identifier, where);
    throw new OptionError({
      code: "wrong-option",
      what: `${where} must be a name, ${/^[aeiou]/.test(this.#options.kind) ? "an" : "a"} ${this.#options.kind} or its config`,
      received: valueText(identifier),
      expected: `e.g. "${[...this.#builtIn().keys()][1]}"`,
      fix: "Write the name, or make one with new",
    });
  }

  /** Keras's dictionary for a part. @throws {OptionError} for a user's class that is not registered */
  serialize(part: T): SerializedPart {
    const { kind, module } = this.#options;
    const cls = part.constructor as unknown as AnyPartClass<T>;
    const { className } = cls;
    if (this.#builtIn().get(className) === cls) {
      return { module, class_name: className, config: part.getConfig(), registered_name: null };
    }
    const registeredName = this.registered.registeredName(cls);
    if (registeredName === null) {
      const { name } = cls as unknown as { name: string };
      throw new OptionError({
        code: "unregistered-class",
        what: `The ${kind} class ${name} is not registered, so no file can name it`,
        fix: `Register it first: register(${name})`,
      });
    }
    return { module: null, class_name: className, config: part.getConfig(), registered_name: registeredName };
  }

  /**
   * The part that a file describes, by name or by a dictionary of any Keras version.
   * @throws {FormatError} for an unknown class, or a config that the class does not accept
   */
  deserialize(json: Json, where: string, reading: Reading = PRESENT): T {
    if (typeof json === "string") return this.#named(json, where, reading);
    const dictionary = isConfig(json) ? (this.#options.modern?.(json, reading) ?? json) : json;
    if (!isConfig(dictionary) || typeof dictionary["class_name"] !== "string") throw this.#noPart(json, where);
    const { class_name: name, registered_name: registered, config } = dictionary;
    if (name === "function") {
      if (typeof config !== "string") throw this.#noPart(json, where);
      return this.#named(config, where, reading);
    }
    const full = typeof registered === "string" ? registered : (name as string);
    return this.#made(full, name as string, isConfig(config) ? config : {}, where, reading);
  }

  #named(name: string, where: string, reading: Reading): T {
    return this.#made(name, name, {}, where, reading);
  }

  #made(full: string, name: string, config: Config, where: string, reading: Reading): T {
    const bare = name.replace(/^.*>/, "");
    const given = customFor(reading, full, name, bare);
    if (given !== undefined) return this.#custom(given, bare, config, where, reading);
    // A user's class may share its name with one of ours: only its package tells them apart.
    const own = full.includes(">") ? this.registered.find(full) : undefined;
    const cls = own ?? this.find(name) ?? this.find(bare);
    if (cls === undefined)
      throw unknownClass({ kind: this.#options.kind, name: full, where, known: this.#namesLike(bare) });
    return this.#fromConfig(cls, config, where, reading);
  }

  /** The part from what a user gave for a name: a part, a part class, or a function. */
  #custom(given: unknown, name: string, config: Config, where: string, reading: Reading): T {
    const { base, wrap, kind } = this.#options;
    if (given instanceof base) return given;
    if (typeof given === "function" && given.prototype instanceof base) {
      return this.#fromConfig(given as unknown as AnyPartClass<T>, config, where, reading);
    }
    if (typeof given === "function" && wrap) return wrap(given as () => unknown);
    throw new OptionError({
      code: "custom-object",
      what: `${where}: customObjects.${name} is no ${kind}`,
      received: typeof given,
      expected: `a class that extends ${base.name}${wrap ? ", or a function" : ""}`,
    });
  }

  #fromConfig(cls: AnyPartClass<T>, config: Config, where: string, reading: Reading): T {
    const owner = `${where}: ${cls.className}`;
    const { dialect = {} } = this.#options;
    try {
      if (typeof cls.fromConfig === "function") return cls.fromConfig(config);
      // A class without a table gets its keys as constructor options.
      if (cls.fields === undefined) return new cls(camelCaseKeys(config));
      const modern = translated(config, owner, dialect[cls.className], dialect["*"]);
      const options = optionsFromConfig(owner, cls.fields as Fields<Record<string, unknown>>, modern, reading);
      return made(cls, options);
    } catch (error) {
      if (error instanceof FormatError || !(error instanceof PawlError)) throw error;
      throw new FormatError({
        code: "part-config",
        what: `${owner} cannot be made from its config`,
        received: error.message.replaceAll(owner, cls.className).replace(/\.$/, ""),
        data: { className: cls.className },
        cause: error,
      });
    }
  }

  /** Candidates for the right spelling: a lower-case name is compared with snake-case names only. */
  #namesLike(name: string): string[] {
    const known = [...this.#builtIn().keys(), ...this.registered.names()];
    return name === name.toLowerCase() ? known.filter((other) => other === other.toLowerCase()) : known;
  }

  #noPart(json: Json, where: string): FormatError {
    return new FormatError({
      code: "part-json",
      what: `${where}: this does not describe a ${this.#options.kind}`,
      received: valueText(json),
      expected: "{ class_name, config }",
      fix: `Give a name, a ${this.#options.kind} made with new, or what its getConfig gave under "config"`,
    });
  }
}

/** The built-in classes of a kind, by all their names. */
function named<T extends Part>(options: KindOptions<T>): ReadonlyMap<string, AnyPartClass<T>> {
  const names = new Map<string, AnyPartClass<T>>();
  for (const value of Object.values(options.catalogue)) {
    if (typeof value !== "function" || !(value.prototype instanceof options.base)) continue;
    const cls = value as unknown as AnyPartClass<T>;
    for (const name of [cls.className, snakeCase(cls.className)]) names.set(name, cls);
    if (options.anyCase) names.set(cls.className.toLowerCase(), cls);
  }
  const classes = new Map(names);
  for (const [alias, name] of Object.entries(options.aliases ?? {})) names.set(alias, classes.get(name)!);
  return names;
}

function camelCaseKeys(config: Config): Record<string, Json> {
  return Object.fromEntries(Object.entries(config).map(([key, json]) => [optionFromKeras(key), json]));
}

/** An object of a class that may take some of its options as arguments before the others. */
function made<T extends Part>(cls: AnyPartClass<T>, options: Record<string, unknown>): T {
  const { positional = [] } = cls;
  const others = Object.fromEntries(Object.entries(options).filter(([key]) => !positional.includes(key)));
  return new cls(...positional.map((key) => options[key]), others);
}
