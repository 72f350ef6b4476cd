import type { Config } from "./config.js";
import { inspectAsText } from "./inspect.js";
import { type Fields, type OptionArguments, optionsToConfig, type Resolved, resolveOptions } from "./options.js";
import type { Json } from "./stateful.js";

export { type Config, isConfig, type SerializedPart } from "./config.js";

/** Something that files describe by class name and config: an initializer, a loss, a metric, … */
export interface Part {
  getConfig(): Record<string, Json>;
}

/**
 * Base of parts whose class declares its options in a static table, `fields`. The constructor, checks, defaults,
 * `getConfig` and loading follow from the table.
 */
export abstract class OptionPart<O extends object> implements Part {
  readonly options: Resolved<O>;

  /** @throws {OptionError} for an unknown, missing or wrong option */
  constructor(...[options]: OptionArguments<O>) {
    this.options = resolveOptions(classNameOf(new.target), fieldsOf<O>(new.target), options);
  }

  static {
    inspectAsText(OptionPart.prototype);
  }

  /** Class and config, as a console shows them. */
  toString(): string {
    const name = classNameOf(this.constructor);
    try {
      return `${name} ${JSON.stringify(this.getConfig())}`;
    } catch {
      // Functions from users have no config.
      return name;
    }
  }

  getConfig(): Record<string, Json> {
    return optionsToConfig(fieldsOf<O>(this.constructor), this.options);
  }
}

/** The name of a class in messages and files: its own `className`, not an inherited one. */
export function classNameOf(cls: object): string {
  const { className, name } = cls as { readonly className?: string; readonly name: string };
  return className !== undefined && Object.hasOwn(cls, "className") ? className : name;
}

function fieldsOf<O>(cls: object): Fields<O> {
  return (cls as { readonly fields?: Fields<O> }).fields ?? ({} as Fields<O>);
}

/** The class of a part with any options, as stored in registries. */
export interface AnyPartClass<T extends Part> {
  // biome-ignore lint/suspicious/noExplicitAny: each class takes the options of its own table
  new (...options: any[]): T;
  readonly className: string;
  readonly fields?: object;
  /** Options that the constructor takes as arguments, before the others. */
  readonly positional?: readonly string[];
  /** A user's class may build itself from a config. */
  readonly fromConfig?: (config: Config) => T;
}
