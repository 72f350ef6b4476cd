import { charge } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { lazily } from "../../core/lazily.js";
import { checkConfigKeys } from "../../core/options.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Reading } from "../../core/reading.js";
import { nearest } from "../../core/spelling.js";
import { Operation, type OperationDefinition } from "./operation.js";

const sources: (() => Iterable<OperationDefinition>)[] = [];
const known = lazily(
  () => new Map(sources.flatMap((source) => [...source()]).map((definition) => [definition.className, definition])),
);

/** Makes operations known to files, by the names of Keras's classes. @param definitions asked for with the first file */
export function defineOperations(definitions: () => Iterable<OperationDefinition>): void {
  sources.push(definitions);
}

/** Where Keras has its operations; the first name is that of the package, which some files leave out. */
const MODULE = /^keras\.(src\.)?(ops|activations)(\.|$)/;

/**
 * Whether a dictionary describes an operation and no layer. Files that do not say it (`.h5` has no modules) have for an
 * operation less than every layer has.
 */
export function isOperation(json: Config): boolean {
  if (typeof json["module"] === "string") return MODULE.test(json["module"]);
  const { class_name: className, config } = json;
  return typeof className === "string" && known().has(className) && isConfig(config) && !("trainable" in config);
}

/** What an operation costs where a file describes it. */
const OPERATION_BYTES = 2048;
const OPERATION_WORK = 1000;

/** @throws {FormatError} for an operation that Pawl does not have, or settings that Keras does not have */
export function readOperation(className: string, config: Config, where: string, reading: Reading): Operation {
  charge("making so many operations", OPERATION_BYTES, OPERATION_WORK);
  const definition = known().get(className);
  if (definition === undefined) throw unknownOperation(className, where);
  const name = typeof config["name"] === "string" ? ` "${config["name"]}"` : "";
  checkConfigKeys(`${where}: ${className}${name}`, config, ["name", ...Object.keys(definition.fields)], reading);
  return new Operation(definition, config);
}

/** The error for an operation in a file that has no counterpart here. */
function unknownOperation(className: string, where: string): FormatError {
  const guess = nearest(className, [...known().keys()]);
  return new FormatError({
    code: "unknown-operation",
    what: `${where}: the operation "${className}" of keras.ops is part of the model, which Pawl cannot compute yet`,
    expected: `one of the ${known().size} operations that it has${guess === undefined ? "" : `, of which "${guess}" is the nearest`}`,
    fix: "Write that part of the model with other operations, or as a layer of your own",
    data: { className },
  });
}
