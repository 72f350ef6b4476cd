import type { NamedClass } from "../core/registry.js";
import * as aliases from "./aliases.js";
import type { LayerClass, Resolve } from "./base/layer.js";
import { markBuiltIn, registered } from "./base/serialize.js";
import * as catalogue from "./catalogue.js";
import "./operations/table.js";

const builtIn = new Map<string, LayerClass>(
  Object.entries({ ...catalogue, ...aliases }) as unknown as [string, LayerClass][],
);
markBuiltIn(builtIn.values());

/** Finds Pawl's own layers and those that users registered. Models are not among them: see model/. */
export const resolveLayer: Resolve = (className, registeredName) =>
  (registeredName === null ? undefined : (registered.find(registeredName) as LayerClass | undefined)) ??
  builtIn.get(className) ??
  registered.find(className);

/** Makes a layer class of your own known by its `className`, so that files can name it. */
export function register<C extends LayerClass & NamedClass>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
