import { type LayerClass, markBuiltIn, type Resolve, resolveLayer } from "../layers/index.js";
import { Model } from "./model.js";
import { Sequential } from "./sequential.js";

markBuiltIn({ Functional: Model, Sequential });
const MODELS: ReadonlyMap<string, LayerClass> = new Map<string, LayerClass>([
  ["Functional", Model as unknown as LayerClass],
  ["Model", Model as unknown as LayerClass],
  ["Sequential", Sequential as unknown as LayerClass],
]);

/** The classes that files may name: models, Pawl's layers, and those that the user has registered. */
export const resolve: Resolve = (className, registeredName) =>
  MODELS.get(className) ?? resolveLayer(className, registeredName);
