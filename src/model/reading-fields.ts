import { type Fields, oneOf, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import type { CustomObjects } from "../core/reading.js";

/** How a model's description is read, as the user says it. */
interface ReadingOptions {
  readonly customObjects?: CustomObjects;
  readonly unknownKeys?: "error" | "warn";
}

/** The options of everything that makes a model from its description. */
export const READING_FIELDS: Fields<ReadingOptions> = {
  customObjects: {
    default: {},
    parse(value, where) {
      if (isConfig(value)) return value;
      throw wrongOption(where, "an object of classes and functions by their names", value);
    },
  },
  unknownKeys: oneOf(["error", "warn"], { default: "error" }),
};
