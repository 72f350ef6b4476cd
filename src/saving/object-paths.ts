import { objectName, optionToKeras } from "../core/names.js";
import { isPlainObject } from "../core/value-text.js";
import type { Variable } from "../engine/index.js";
import { Layer } from "../layers/base/layer.js";
import { layersAmong } from "../layers/base/sublayers.js";
import { Metric } from "../metrics/index.js";

/** An object that files have at a path: a layer or model with its own variables, or a metric that one holds. */
export interface PlacedObject {
  /** "" for the model itself. */
  readonly path: string;
  /** The path that Pawl once gave to layers in lists inside lists. */
  readonly formerPath: string;
  readonly owner: Layer | Metric;
  readonly variables: readonly Variable[];
}

type Owner = PlacedObject["owner"];

/** An object in another one, with its places there: Keras's, and the former one. */
type Child = readonly [child: Owner, place: string, former: string];

/**
 * Places of a model and all layers in it, as `.keras` and `.weights.h5` files have them (keras.src.saving.saving_lib):
 * a model's layers under `layers/`, by class in snake case and how many of the class came before; layers and metrics that
 * are properties under the property's name. The first place of a shared layer counts. Names of layers play no part.
 */
export function placeObjects(model: Layer): PlacedObject[] {
  const placed = new Map<Owner, PlacedObject>();
  const visit = (owner: Owner, path: string, formerPath: string): void => {
    if (placed.has(owner)) return;
    const isLayer = owner instanceof Layer;
    placed.set(owner, { path, formerPath, owner, variables: isLayer ? owner.ownWeights : owner.variables });
    if (!isLayer) return;
    for (const [child, place, former] of childrenOf(owner)) visit(child, below(path, place), below(formerPath, former));
  };
  visit(model, "", "");
  return [...placed.values()];
}

const below = (path: string, place: string): string => (path === "" ? place : `${path}/${place}`);

function childrenOf(layer: Layer): Child[] {
  const isGraph = layer.networkKind !== null;
  const children: Child[] = isGraph ? inContainer("layers", networkLayers(layer)) : [];
  // In Keras a model with a call of its own has `layers` among its attributes, in the order of the alphabet: it is there
  // that layers are found whose own attribute comes later.
  const others: [string, unknown][] =
    !isGraph && "layers" in layer && !Object.hasOwn(layer, "layers") ? [["layers", layer.sublayers]] : [];
  for (const [attribute, value] of inOrder([...attributesOf(layer), ...others])) {
    if (isOwner(value)) children.push([value, attribute, attribute]);
    else {
      const items = itemsOf(value);
      if (items !== null) children.push(...inContainer(attribute, items));
    }
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

const isOwner = (value: unknown): value is Owner => value instanceof Layer || value instanceof Metric;

/** What is in a list, a map, a set or a plain object; null for anything else. */
function itemsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value) || value instanceof Set) return [...(value as Iterable<unknown>)];
  if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>).values()];
  return isPlainObject(value) ? Object.values(value) : null;
}

/** Properties by Keras's name. */
function attributesOf(layer: Layer): [string, unknown][] {
  return Object.entries(layer).map(([name, value]): [string, unknown] => [optionToKeras(name), value]);
}

/** As Keras visits attributes: sorted, those with a leading underscore last. */
function inOrder(attributes: [string, unknown][]): [string, unknown][] {
  const rank = (name: string): string => (name.startsWith("_") ? `1${name}` : `0${name}`);
  return attributes.sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
}

/** As Keras: objects by their class and how many of it came before, lists inside as `container`. */
function inContainer(container: string, items: readonly unknown[]): Child[] {
  const former = counted();
  const formerPlaces = new Map<Owner, string>();
  for (const layer of layersAmong(items, (item) => item instanceof Layer)) {
    formerPlaces.set(layer, `${container}/${former(objectName(layer.className))}`);
  }
  const visited = new Set<object>();
  const inside = (path: string, all: readonly unknown[]): Child[] => {
    const name = counted();
    return all.flatMap((item): Child[] => {
      if (isOwner(item)) {
        const place = `${path}/${name(objectName(classNameOf(item)))}`;
        return [[item, place, formerPlaces.get(item) ?? place]];
      }
      const inner = itemsOf(item);
      if (inner === null) return [];
      const place = `${path}/${name("container")}`;
      if (visited.has(item as object)) return [];
      visited.add(item as object);
      return inside(place, inner);
    });
  };
  return inside(container, items);
}

const classNameOf = (owner: Owner): string =>
  owner instanceof Layer ? owner.className : (owner.constructor as unknown as { readonly className: string }).className;

/** Numbers names as they come: dense, dense_1, … */
function counted(): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    return before === 0 ? name : `${name}_${before}`;
  };
}
