import { FormatError } from "../core/errors.js";
import type { StateValue } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import { type H5Group, readListAttr, writeListAttr } from "../formats/hdf5/index.js";
import type { NamedTensor } from "../optimizers/index.js";
import type { StoredTensors } from "./containers/container.js";
import type { ModelOutline, NamedWeights } from "./model-outline.js";
import type { OwnState } from "./own-state.js";
import type { CollectedOptimizer, LayerWeights } from "./types.js";

/** The version of Keras whose files ours are like. */
export const KERAS_VERSION = "3.15.1";
/** Keras looks at this only for convolution kernels of Theano. */
export const BACKEND = "tensorflow";

/** The weights of each layer under its name, as `.h5` files have them below `model_weights` (or at the root). */
export function putLayers(
  group: H5Group,
  { layers, topLevel }: Pick<ModelOutline<Tensor>, "layers" | "topLevel">,
): void {
  writeListAttr(
    group.attrs,
    "layer_names",
    layers.map(({ name }) => name),
  );
  group.attrs.set("backend", BACKEND);
  group.attrs.set("keras_version", KERAS_VERSION);
  const sorted = [...layers].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, weights } of sorted) {
    putNamed(group.group(name), named(weights));
  }
  putNamed(group.group(TOP_LEVEL), named(topLevel));
}

/** The group of weights that the model itself has. */
const TOP_LEVEL = "top_level_model_weights";

const named = (weights: NamedWeights<Tensor>): NamedTensor[] => weights.map(([name, tensor]) => ({ name, tensor }));

/** Tensors in a group, with the attribute that keeps their order. */
export function putNamed(group: H5Group, tensors: readonly NamedTensor[]): void {
  writeListAttr(
    group.attrs,
    "weight_names",
    tensors.map(({ name }) => name),
  );
  for (const { name, tensor } of tensors) group.put(name, tensor);
}

/** @throws {FormatError} when the group lacks a dataset that it names */
export function namedIn(group: H5Group, file: string): NamedTensor[] {
  const names = readListAttr(group.attrs, "weight_names") ?? [];
  return names.map((name) => {
    const dataset = group.find(name);
    if (dataset === undefined) throw missing(file, name);
    return { name, tensor: dataset.tensor };
  });
}

/** The layers below `model_weights` (or at the root). */
export function layersIn(group: H5Group, file: string): LayerWeights[] {
  const names = readListAttr(group.attrs, "layer_names");
  if (names === undefined) {
    throw new FormatError({
      code: "no-layer-names",
      what: `"${file}" names no layers, so it holds no weights of Keras`,
      expected: 'the attribute "layer_names"',
      fix: "Use a file that Keras or Pawl has saved",
    });
  }
  return names.map((name) => {
    const layer = group.findGroup(name);
    if (layer === undefined) throw missing(file, name);
    return { name, weights: namedIn(layer, file) };
  });
}

/** The weights that the model itself has; none in files that do not know of such. */
export function topLevelIn(group: H5Group, file: string): NamedTensor[] {
  const own = group.groups.get(TOP_LEVEL);
  return own === undefined ? [] : namedIn(own, file);
}

/** Variables at `<path>/vars/0, 1, …` with the objects' names, as `.weights.h5` files have them. */
export function putObjects(
  root: H5Group,
  objects: ModelOutline<Tensor>["objects"],
  optimizer: CollectedOptimizer | null,
): void {
  for (const { path, name, weights } of objects) putVars(root, path, name, weights);
  if (optimizer === null) return;
  const tensors = optimizer.entries.map(({ tensor }) => tensor);
  putVars(root, "optimizer", optimizer.name, tensors);
  for (const { path, name, from, to } of optimizer.nested) {
    putVars(root, `optimizer/${path}`, name, tensors.slice(from, to));
  }
}

function putVars(root: H5Group, path: string, name: string, tensors: readonly Tensor[]): void {
  const group = root.group(`${path}/vars`);
  group.attrs.set("name", name);
  tensors.forEach((tensor, i) => {
    group.put(String(i), tensor);
  });
}

/** Tensors that a layer keeps by name at `<path>/vars/NAME`, such as the weights of a vocabulary. */
export function putLearned(root: H5Group, learned: ReadonlyMap<string, StateValue>): void {
  for (const [path, { tensors }] of learned) {
    for (const [name, tensor] of Object.entries(tensors)) root.group(`${path}/vars`).put(name, tensor);
  }
}

/** What {@link putLearned} wrote, and Keras writes. */
export function learnedIn(root: H5Group): Map<string, StateValue> {
  const learned = new Map<string, StateValue>();
  const visit = (group: H5Group, above: string): void => {
    for (const [name, child] of group.groups) {
      const path = `${above}${name.replaceAll("\\", "/")}`;
      if (path === "pawl") continue;
      if (!/(^|\/)vars$/.test(path)) visit(child, `${path}/`);
      const named = [...child.datasets].filter(([key]) => /(^|\/)vars$/.test(path) && !/^\d+$/.test(key));
      if (named.length === 0) continue;
      const tensors = Object.fromEntries(named.map(([key, { tensor }]) => [key, tensor]));
      learned.set(path.replace(/\/?vars$/, ""), { json: {}, tensors });
    }
  };
  visit(root, "");
  return learned;
}

/**
 * All groups `vars` of the file: their tensors in order, by the path above them. Keras on Windows writes "layers\\dense"
 * as one name.
 */
export function objectsIn(root: H5Group): Map<string, Tensor[]> {
  const objects = new Map<string, Tensor[]>();
  const visit = (group: H5Group, above: string): void => {
    for (const [name, child] of group.groups) {
      const path = `${above}${name.replaceAll("\\", "/")}`;
      if (path === "vars" || path.endsWith("/vars")) objects.set(path.replace(/\/?vars$/, ""), numbered(child));
      else if (path !== "pawl") visit(child, `${path}/`);
    }
  };
  visit(root, "");
  return objects;
}

/** Weights by path, with the optimizer among them. Keras writes one inside another a second time, at a place of its own. */
export function pathTensors(objects: ReadonlyMap<string, readonly Tensor[]>): StoredTensors {
  const optimizer = objects.get("optimizer") ?? objects.get("optimizer/inner_optimizer");
  return {
    weights: { layout: "paths", objects },
    optimizer: optimizer?.map((tensor, i) => ({ name: String(i), tensor })) ?? null,
  };
}

/** Datasets `0`, `1`, … up to the first gap. */
export function numbered(group: H5Group): Tensor[] {
  const out: Tensor[] = [];
  for (let dataset = group.datasets.get("0"); dataset !== undefined; dataset = group.datasets.get(String(out.length))) {
    out.push(dataset.tensor);
  }
  return out;
}

function missing(file: string, name: string): FormatError {
  return new FormatError({
    code: "missing-weights",
    what: `"${file}" names "${name}" but does not hold it`,
    fix: "The file is damaged or incomplete: use another one",
    data: { name },
  });
}

/** Keras reads no group that it does not look for. */
export function putOwnState(root: H5Group, { json, tensors }: OwnState): void {
  const group = root.group("pawl");
  group.attrs.set("state", json);
  tensors.forEach((tensor, i) => {
    group.put(`tensors/${i}`, tensor);
  });
}
