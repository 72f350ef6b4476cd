import { optionToKeras } from "../../core/names.js";
import { type Fields, optionsFromConfig, optionsToConfig, type Resolved, resolveOptions } from "../../core/options.js";
import type { Config } from "../../core/parts.js";
import { PRESENT, type Reading } from "../../core/reading.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import { layerFields } from "../options/layer-options.js";
import { modernConfig } from "./dialects/index.js";
import type { Given } from "./given.js";
import type { Inputs } from "./inputs.js";
import { type AnyLayer, Layer } from "./layer.js";

type AnyOptions = Record<string, unknown>;

export interface TableLayerClass {
  readonly className: string;
  readonly fields: object;
  readonly positional: readonly string[];
}

/**
 * A layer whose options are declared once, in the static table `fields`: checks, defaults, `getConfig` and
 * `fromConfig` follow from it. `positional` names the options that the constructor takes as arguments. `I` and `O` as
 * for {@link Layer}.
 */
export abstract class TableLayer<T extends object, I extends Inputs = Value, O extends Inputs = Value> extends Layer<
  I,
  O
> {
  static readonly fields: object = {};
  static readonly positional: readonly string[] = [];

  readonly options: Resolved<T>;

  constructor(options: Given<T> = {} as Given<T>) {
    super(options);
    const { fields } = this.constructor as unknown as TableLayerClass;
    const all = resolveOptions(this.className, allFields(fields), options as AnyOptions);
    const own = Object.entries(all).filter(([key]) => Object.hasOwn(fields, key));
    this.options = Object.fromEntries(own) as Resolved<T>;
  }

  override getConfig(): Record<string, Json> {
    const { fields } = this.constructor as unknown as TableLayerClass;
    return { ...super.getConfig(), ...optionsToConfig(fields as Fields<T>, this.options) };
  }

  /** The layer that a config of Keras 1, 2 or 3 describes. */
  static override fromConfig<T extends AnyLayer>(
    this: TableLayerClass & (new (...args: never[]) => T),
    config: Config,
    reading: Reading = PRESENT,
  ): T {
    // biome-ignore lint/complexity/noThisInStatic: subclasses are made from their own tables
    return fromTable(this, config, reading);
  }
}

/** The layer of a class with an option table that a config describes. */
export function fromTable<T>(
  cls: TableLayerClass & (new (...args: never[]) => T),
  config: Config,
  reading: Reading,
): T {
  const where = reading.where || cls.className;
  const options: AnyOptions = optionsFromConfig(
    where,
    allFields(cls.fields),
    modernConfig(cls, config, where),
    reading,
  );
  const args: unknown[] = cls.positional.map((key) => options[key]);
  for (const key of cls.positional) delete options[key];
  return new (cls as unknown as new (...args: unknown[]) => T)(...args, options);
}

// A class may declare a common option anew: then its own place in the config counts.
function allFields(fields: object): Fields<AnyOptions> {
  return { ...layerFields, ...fields } as Fields<AnyOptions>;
}

/** Options of a class of Pawl's in a config, in our spelling, and the keys that are none of its own. */
export function baseOptions(
  base: { readonly className: string; readonly fields?: object },
  config: Config,
  reading: Reading,
): { readonly options: AnyOptions; readonly others: Config } {
  const fields = allFields(base.fields ?? {});
  const keys = new Set(Object.entries(fields).map(([key, field]) => field.keras ?? optionToKeras(key)));
  const where = reading.where || base.className;
  const all = Object.entries(modernConfig(base, config, where));
  const [own, others] = [true, false].map((wanted) =>
    Object.fromEntries(all.filter(([key]) => keys.has(key) === wanted)),
  );
  return { options: optionsFromConfig(where, fields, own!, reading), others: others! };
}
