import { optionToKeras, snakeCase } from "../core/names.js";
import type { Variable } from "../engine/index.js";
import { Layer } from "../layers/base/layer.js";
import { layersAmong } from "../layers/base/sublayers.js";

/** An object that files have at a path: a layer or model with its own variables. */
export interface PlacedObject {
  /** "" for the model itself. */
  readonly path: string;
  readonly layer: Layer;
  readonly variables: readonly Variable[];
}

/**
 * Places of a model and all layers in it, as `.keras` and `.weights.h5` files have them (keras.src.saving.saving_lib):
 * a model's layers under `layers/`, by class in snake case and how many of the class came before; layers that are
 * properties under the property's name. The first place of a shared layer counts. Names of layers play no part.
 */
export function placeObjects(model: Layer): PlacedObject[] {
  const placed = new Map<Layer, PlacedObject>();
  const visit = (layer: Layer, path: string): void => {
    if (placed.has(layer)) return;
    placed.set(layer, { path, layer, variables: layer.ownWeights });
    for (const [child, place] of childrenOf(layer)) visit(child, path === "" ? place : `${path}/${place}`);
  };
  visit(model, "");
  return [...placed.values()];
}

function childrenOf(layer: Layer): [Layer, string][] {
  const children: [Layer, string][] = layer.networkKind === null ? [] : inContainer("layers", networkLayers(layer));
  for (const [attribute, value] of attributesOf(layer)) {
    if (value instanceof Layer) children.push([value, attribute]);
    else
      children.push(
        ...inContainer(
          attribute,
          layersAmong([value], (item) => item instanceof Layer),
        ),
      );
  }
  // Layers that a class names itself, as those in private properties, have no name that Keras could know.
  const placed = new Set(children.map(([child]) => child));
  return [
    ...children,
    ...inContainer(
      "sublayers",
      layer.sublayers.filter((inner) => !placed.has(inner)),
    ),
  ];
}

function networkLayers(network: Layer): readonly Layer[] {
  return (network as Layer & { readonly layers: readonly Layer[] }).layers;
}

/** Properties by Keras's name, in Keras's order: sorted, those with a leading underscore last. */
function attributesOf(layer: Layer): [string, unknown][] {
  const attributes = Object.entries(layer).map(([name, value]): [string, unknown] => [optionToKeras(name), value]);
  const rank = (name: string): string => (name.startsWith("_") ? `1${name}` : `0${name}`);
  return attributes.sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
}

/** As Keras: it does not look into lists inside lists, whose layers are counted in one row here. */
function inContainer(container: string, items: readonly Layer[]): [Layer, string][] {
  const used = new Map<string, number>();
  const out: [Layer, string][] = [];
  for (const item of items) {
    const name = snakeCase(item.className);
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    out.push([item, `${container}/${before === 0 ? name : `${name}_${before}`}`]);
  }
  return out;
}
