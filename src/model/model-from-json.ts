import { withBudget } from "../core/budget.js";
import { FormatError, OptionError } from "../core/errors.js";
import { resolveOptions } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import type { CustomObjects } from "../core/reading.js";
import { valueText } from "../core/value-text.js";
import { deserialize } from "../layers/index.js";
import { readModelJson } from "../saving/index.js";
import { compileAs, compileFrom } from "./compile-from.js";
import { type AnyModel, Model } from "./model.js";
import { resolve } from "./model-classes.js";
import { READING_FIELDS } from "./reading-fields.js";

/** Options of `modelFromJSON`. */
export interface FromJSONOptions {
  /** Your own classes and functions, by their names in the JSON. Default: none. */
  readonly customObjects?: CustomObjects;
  /** What to do with unknown keys: "warn" ignores them with a warning. Default "error". */
  readonly unknownKeys?: "error" | "warn";
}

const NAME = "the JSON";

/**
 * The model that a JSON text describes, with new weights: what `JSON.stringify(model)` and any Keras's
 * `model.to_json()` write. It is compiled if the text says how.
 * @param json the text, or what `model.toJSON()` gives
 * @throws {FormatError} when it describes no model, or names an unknown class
 */
export function modelFromJSON<M extends AnyModel = Model>(json: string | object, options?: FromJSONOptions): M {
  const { customObjects, unknownKeys } = resolveOptions<FromJSONOptions>("modelFromJSON", READING_FIELDS, options);
  if (typeof json !== "string" && !isConfig(json)) {
    throw new OptionError({
      code: "model-json",
      what: "modelFromJSON takes the description of a model",
      received: valueText(json),
      expected: "a JSON text, or the object that model.toJSON() gives",
      fix: 'Read the file first: modelFromJSON(await readFile(path, "utf8"))',
    });
  }
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const described = readModelJson(text, (className) => Object.hasOwn(customObjects, className));
  const reading = { age: described.age, custom: customObjects, unknownKeys, where: NAME, resolve };
  return withBudget(described.budget, () => {
    const model = deserialize(described.model, reading, NAME);
    if (!(model instanceof Model)) {
      throw new FormatError({
        code: "not-a-model",
        what: `The JSON describes a ${model.className}, and no model`,
        expected: "a Sequential or a functional model",
      });
    }
    const { compile } = described;
    if (compile !== null) compileAs(model, () => compileFrom(compile, reading), NAME);
    return model as AnyModel as M;
  });
}
