import type { Config } from "./config.js";
import { FormatError } from "./errors.js";
import type { Json } from "./stateful.js";

/**
 * Translates a key of another Keras version into the current keys. `config` is the whole config.
 * @param where for messages, e.g. `Dense "d".init`
 */
export type KeyRule = (json: Json, where: string, config: Config) => Config;

/** Rules by key. */
export type KeyTable = { readonly [key: string]: KeyRule };

/** The key has another name today, and perhaps another format. */
export const renamed =
  (name: string, form: (json: Json) => Json = (json) => json): KeyRule =>
  (json) => ({ [name]: form(json) });

/** The key does not affect what is computed. @param _why for readers of the table */
export const meaningless =
  (_why: string): KeyRule =>
  () => ({});

/** The key has no effect with one of these values; any other asks for something that Pawl does not have. */
export const resting =
  (what: string, ...values: readonly Json[]): KeyRule =>
  (json, where) => {
    if (json === null || values.some((value) => JSON.stringify(value) === JSON.stringify(json))) return {};
    throw notHere(where, json, what, values);
  };

/** The error for a config value that asks for something that Pawl does not do. */
export function notHere(where: string, json: Json, what: string, values: readonly Json[]): FormatError {
  return new FormatError({
    code: "config-value",
    what: `${where}: Pawl has no ${what}`,
    received: JSON.stringify(json).slice(0, 200),
    ...(values.length === 0 ? {} : { expected: values.map((value) => JSON.stringify(value)).join(" or ") }),
    fix: "Change the model in Keras and save it again, or give a class of your own in customObjects",
  });
}

/** The config with current keys. A current key that the config already has wins. */
export function translated(config: Config, where: string, ...tables: readonly (KeyTable | undefined)[]): Config {
  const old: Record<string, Json> = {};
  const kept: Record<string, Json> = {};
  for (const [key, json] of Object.entries(config)) {
    const rule = tables.find((table) => table !== undefined && Object.hasOwn(table, key))?.[key];
    if (rule === undefined) kept[key] = json;
    else Object.assign(old, rule(json, `${where}.${key}`, config));
  }
  return { ...old, ...kept };
}

/** Keras 1 wrote some parts as `{ name: "MaxNorm", m: 2 }`. */
export function flatDictionary(json: Config): Config {
  const { name, ...config } = json;
  return typeof name !== "string" || "class_name" in json ? json : { class_name: name, config };
}
