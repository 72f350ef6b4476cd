import type { NamedClass } from "../core/registry.js";
import * as aliases from "./aliases.js";
import * as applications from "./applications/index.js";
import type { Inputs } from "./base/inputs.js";
import { Lambda, type LambdaFunction, registerFunction } from "./base/lambda.js";
import type { LayerClass, Resolve } from "./base/layer.js";
import { type ClassesByName, markBuiltIn, namedIn, registered } from "./base/serialize.js";
import { Wrapper } from "./base/wrapper.js";
import * as catalogue from "./catalogue.js";
import "./operations/activations.js";

const tables: readonly ClassesByName[] = [catalogue, aliases, applications, { Lambda, Wrapper }];
for (const table of tables) markBuiltIn(table);

/** Finds Pawl's own layers and those that users registered. Models are not among them: see model/. */
export const resolveLayer: Resolve = (className, registeredName) =>
  (registeredName === null ? undefined : (registered.find(registeredName) as LayerClass | undefined)) ??
  namedIn(tables, className) ??
  registered.find(className);

/**
 * Makes a layer class of your own known by its `className`, or the function of a Lambda by a name, so that files can name
 * it.
 */
export function register<C extends LayerClass & NamedClass>(cls: C, packageName?: string): C;
export function register<F extends LambdaFunction<never, Inputs>>(name: string, fn: F, packageName?: string): F;
export function register(
  given: string | (LayerClass & NamedClass),
  second?: string | LambdaFunction,
  packageName = "Custom",
): unknown {
  if (typeof given === "string") return registerFunction(given, second as LambdaFunction, packageName);
  return registered.register(given, second as string | undefined);
}
