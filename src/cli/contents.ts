import { snakeCase } from "../core/names.js";
import { isConfig } from "../core/parts.js";
import { sizeOf } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import type { StoredWeights } from "../saving/types.js";

/** A weight, for display. */
export interface WeightInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** A layer, for display, or a place in a file that has weights but no known layer. */
export interface LayerInfo {
  readonly name: string;
  /** Null for files that hold weights alone. */
  readonly class: string | null;
  readonly parameters: number;
  readonly weights: readonly WeightInfo[];
}

/** The layers in a model's config, with each one's weights in the file; no layer is built. */
export function layersOf(config: Json, stored: StoredWeights): LayerInfo[] {
  const groups = new Map(
    stored.layout === "layers" ? byName(stored) : stored.layout === "paths" ? byPlace(stored) : byPath(stored),
  );
  const rows = stackOf(config).map(({ name, className, place }) => {
    const key = stored.layout === "paths" ? place : name;
    const weights = groups.get(key) ?? [];
    groups.delete(key);
    return row(name, className, weights);
  });
  return [
    ...rows,
    ...[...groups].filter(([, weights]) => weights.length > 0).map(([name, own]) => row(name, null, own)),
  ];
}

/** The places with weights, in a file without a config. */
export function placesOf(stored: StoredWeights): LayerInfo[] {
  return layersOf(null, stored).filter(({ weights }) => weights.length > 0);
}

interface Entry {
  readonly name: string;
  readonly className: string;
  /** Place of the layer's weights in `.keras` and `.weights.h5` files. */
  readonly place: string;
}

function stackOf(config: Json): Entry[] {
  const layers = isConfig(config) ? config["layers"] : undefined;
  if (!Array.isArray(layers)) return [];
  const used = new Map<string, number>();
  return (layers as readonly Json[]).filter(isConfig).map((layer) => {
    const className = typeof layer["class_name"] === "string" ? layer["class_name"] : "?";
    const own = layer["config"];
    const name = isConfig(own) && typeof own["name"] === "string" ? own["name"] : nameOf(layer["name"], className);
    const word = snakeCase(className);
    const before = used.get(word) ?? 0;
    used.set(word, before + 1);
    return { name, className, place: `layers/${before === 0 ? word : `${word}_${before}`}` };
  });
}

const nameOf = (name: Json | undefined, className: string): string =>
  typeof name === "string" ? name : snakeCase(className);

function byName(stored: StoredWeights & { readonly layout: "layers" }): [string, WeightInfo[]][] {
  const own = { name: "top_level_model_weights", weights: stored.topLevel };
  return [...stored.layers, own].map(({ name, weights }) => [
    name,
    weights.map((weight) => describe(shortName(weight.name, name), weight.tensor)),
  ]);
}

/** Groups weights by layer: all below a layer's place belong to it. */
function byPlace(stored: StoredWeights & { readonly layout: "paths" }): Map<string, WeightInfo[]> {
  const groups = new Map<string, WeightInfo[]>();
  for (const [path, tensors] of stored.objects) {
    if (path === "optimizer") continue;
    const modern = path.replace(/(^|\/)_layer_checkpoint_dependencies(?=\/)/g, "$1layers");
    const place = /^layers\/[^/]+/.exec(modern)?.[0] ?? modern;
    const inside = modern.slice(place.length + 1);
    const own = tensors.map((tensor, i) => describe(inside === "" ? String(i) : `${inside}/${i}`, tensor));
    groups.set(place, [...(groups.get(place) ?? []), ...own]);
  }
  return groups;
}

/** Groups weights with paths by the layers in these. */
function byPath(stored: StoredWeights & { readonly layout: "names" }): Map<string, WeightInfo[]> {
  const groups = new Map<string, WeightInfo[]>();
  for (const [path, tensor] of stored.tensors) {
    const slash = path.lastIndexOf("/");
    const layer = slash < 0 ? "" : path.slice(0, slash);
    groups.set(layer, [...(groups.get(layer) ?? []), describe(path.slice(slash + 1), tensor)]);
  }
  return groups;
}

/** "sequential/dense/kernel:0" of the layer "dense" -> "kernel". */
function shortName(path: string, layer: string): string {
  const name = path.replace(/:\d+$/, "");
  const parts = name.split("/");
  const at = parts.lastIndexOf(layer);
  return at >= 0 && at < parts.length - 1 ? parts.slice(at + 1).join("/") : name;
}

function describe(name: string, { dtype, shape }: Tensor): WeightInfo {
  return { name, dtype, shape };
}

function row(name: string, className: string | null, weights: readonly WeightInfo[]): LayerInfo {
  return { name, class: className, parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0), weights };
}
