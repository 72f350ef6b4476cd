import { type Field, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";

export interface SeedOption {
  /** A whole number: every weight made with this initializer then gets the same numbers. Default: the model's seeds. */
  seed?: number | null;
}

/** The seed of random initializers. Files of Keras may also hold a SeedGenerator, of which its seed is taken. */
export const seedField: Field<number | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    if (typeof value !== "number" || !Number.isSafeInteger(value))
      throw wrongOption(where, "a whole number or null", value);
    return value;
  },
  fromConfig(json, where) {
    if (!isConfig(json)) return seedField.parse(json, where);
    const config = json["config"];
    return seedField.parse(isConfig(config) ? (config["seed"] ?? null) : null, where);
  },
};
