import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { type Argument, type Arguments, argumentFromJson } from "./arguments.js";
import type { OperationDefinition } from "./operation.js";
import { splitParameters } from "./parameters.js";

/** A call of an operation as Keras 3 writes it. @param tensors as files have them */
export function writeArguments(
  { parameters, keywords = [] }: OperationDefinition,
  given: Arguments,
  tensors: readonly Json[],
): Config {
  const all = given.toJson(tensors);
  const { rest } = splitParameters(parameters);
  const positional = rest === null ? parameters.length : all.length - keywords.length;
  const named = keywords.map((name, i) => [name, all[positional + i] ?? null] as const);
  return { args: all.slice(0, positional), kwargs: Object.fromEntries(named) };
}

/**
 * The arguments of a call in a file, by position or by name, in the order of the parameters; null where none is given.
 * @returns undefined for a call that the operation cannot have
 */
export function readArguments<T>(
  { parameters, keywords = [] }: OperationDefinition,
  json: Json,
  tensorOf: (json: Json) => T | null,
): Argument<T>[] | undefined {
  if (!isConfig(json) || !Array.isArray(json["args"])) return undefined;
  const kwargs = isConfig(json["kwargs"]) ? json["kwargs"] : {};
  const args = json["args"] as readonly Json[];
  const { single, rest } = splitParameters(parameters);
  const names = [...single, ...keywords];
  if (rest === null && args.length > names.length) return undefined;
  if (Object.keys(kwargs).some((name) => !names.includes(name))) return undefined;
  const byName = names.map(
    (name, i) => (rest === null || i < single.length ? args[i] : undefined) ?? kwargs[name] ?? null,
  );
  const further = rest === null ? [] : args.slice(single.length);
  const all = [...byName.slice(0, single.length), ...further, ...byName.slice(single.length)];
  const read = all.map((item) => argumentFromJson(item, tensorOf));
  return read.includes(undefined) ? undefined : (read as Argument<T>[]);
}
