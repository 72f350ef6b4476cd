import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { lambdaNames } from "../layers/base/lambda-names.js";

/** Layers whose config is a program, or that load one from elsewhere. */
const PROGRAMS = new Set(["Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"]);

/**
 * Refuses configs that carry Python code or give a built-in class another meaning. Loading only ever looks names up
 * in registries, so this is for the message: which layer it is, and what to do.
 * @param replaces whether the user has given a class or function of their own for that name
 * @throws {FormatError}
 */
export function refuseCode(config: Json, file: string, replaces: (className: string) => boolean): void {
  const visit = (value: Json, layer: string): void => {
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) visit(item, layer);
      return;
    }
    if (!isConfig(value)) return;
    const className = value["class_name"];
    const inside = typeof className === "string" ? describe(value, className, layer) : layer;
    if (typeof className === "string") {
      if (PROGRAMS.has(className) && [className, ...namesOf(value)].some(replaces)) return;
      if (className === "Lambda" && isNamedLambda(value)) return;
      checkObject(value, className, inside, file);
    }
    for (const item of Object.values(value)) visit(item, inside);
  };
  visit(config, "");
}

/** A Lambda whose function is a name, as Keras 3 has it for functions that are no Python lambdas: it holds no code. */
function isNamedLambda({ config }: Config): boolean {
  if (!isConfig(config)) return false;
  const { function: fn, ...others } = config;
  const holdsCode = JSON.stringify(others).includes('"__lambda__"');
  return isConfig(fn) && fn["class_name"] === "function" && typeof fn["config"] === "string" && !holdsCode;
}

function checkObject(object: Config, className: string, layer: string, file: string): void {
  if (PROGRAMS.has(className) || className === "__lambda__") {
    throw new FormatError({
      code: "python-code",
      what: `"${file}": ${layer || className} holds Python code, which Pawl never runs`,
      fix: `Write it in TypeScript and give it to loadModel: ${standIn(object, className)}`,
      data: { className },
    });
  }
  const { module, registered_name: registered } = object as { module?: Json; registered_name?: Json };
  const builtIn = typeof module === "string" && /^keras(\.|$)/.test(module);
  if (builtIn && typeof registered === "string" && registered !== className) {
    throw new FormatError({
      code: "registered-built-in",
      what: `"${file}": ${layer || className} claims to be Keras's own class and a registered one`,
      received: `class_name "${className}" of "${module}", registered_name "${registered}"`,
      expected: "one of the two",
      fix: "No Keras writes that: do not trust the file",
    });
  }
}

/** What a Lambda may be given by, besides its class. */
function namesOf({ class_name: className, config }: Config): readonly string[] {
  return className === "Lambda" && isConfig(config) ? lambdaNames(config) : [];
}

function standIn(object: Config, className: string): string {
  const [name] = namesOf(object);
  if (name === undefined)
    return `{ customObjects: { ${className === "__lambda__" ? "Lambda" : className}: YourLayer } }`;
  return `{ customObjects: { ${name}: (inputs) => … } }, or a class of layers for all of them: { Lambda: YourLayer }`;
}

/** `Dense "dense_1"`, or where it sits when it is a part of a layer. */
function describe(object: Config, className: string, layer: string): string {
  const config = object["config"];
  const name = isConfig(config) ? config["name"] : undefined;
  const isPart = layer !== "" && typeof name !== "string";
  return isPart ? layer : `${className}${typeof name === "string" ? ` "${name}"` : ""}`;
}
