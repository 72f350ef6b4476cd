import type { Tensor } from "../../core/tensor.js";
import { type H5Group, readListAttr, writeListAttr } from "../../formats/index.js";
import { putNamed } from "../h5-layout.js";
import { type EditedObject, type EditedTree, renamed, type Weights } from "./edited-tree.js";

/** Weights by layer, as Keras 2's files have them: lists of names say which layers and weights there are. */
export class LayerTree implements EditedTree {
  readonly #root: H5Group;

  /** @param root the group with the attribute `layer_names` */
  constructor(root: H5Group) {
    this.#root = root;
  }

  list(): readonly EditedObject[] {
    return this.#layers.map((path) => ({ path, name: null, weights: this.#weights(path) }));
  }

  rename(path: string, to: string): void {
    const own = this.#weights(path);
    renamed(this.#root.groups, path, to);
    this.#setLayers(this.#layers.map((name) => (name === path ? to : name)));
    // Names of weights begin with that of their layer.
    const moved = [...own].map(([name, tensor]): [string, Tensor] => [
      name
        .split("/")
        .map((part) => (part === path ? to : part))
        .join("/"),
      tensor,
    ]);
    this.#setWeights(to, new Map(moved));
  }

  remove(path: string): void {
    this.#root.groups.delete(path);
    this.#setLayers(this.#layers.filter((name) => name !== path));
  }

  add(path: string, weights: Weights): void {
    this.#setLayers([...this.#layers, path]);
    this.#setWeights(path, weights);
  }

  renameWeight(path: string, weight: string, to: string): void {
    const own = new Map(this.#weights(path));
    renamed(own, weight, to);
    this.#setWeights(path, own);
  }

  removeWeight(path: string, weight: string): void {
    this.#setWeights(path, new Map([...this.#weights(path)].filter(([name]) => name !== weight)));
  }

  addWeights(path: string, weights: Weights): void {
    this.#setWeights(path, new Map([...this.#weights(path), ...weights]));
  }

  get #layers(): readonly string[] {
    return readListAttr(this.#root.attrs, "layer_names") ?? [];
  }

  #setLayers(names: readonly string[]): void {
    dropList(this.#root, "layer_names");
    writeListAttr(this.#root.attrs, "layer_names", names);
  }

  #weights(path: string): Map<string, Tensor> {
    const group = this.#root.group(path);
    const names = readListAttr(group.attrs, "weight_names") ?? [];
    return new Map(
      names.flatMap((name): [string, Tensor][] => {
        const found = group.find(name);
        return found === undefined ? [] : [[name, found.tensor]];
      }),
    );
  }

  /** Writes the group anew. */
  #setWeights(path: string, weights: Weights): void {
    const group = this.#root.group(path);
    group.groups.clear();
    group.datasets.clear();
    dropList(group, "weight_names");
    putNamed(
      group,
      [...weights].map(([name, tensor]) => ({ name, tensor })),
    );
  }
}

/** A long list may be in pieces. */
function dropList(group: H5Group, name: string): void {
  for (const key of [...group.attrs.keys()]) {
    if (key === name || /^\d+$/u.test(key.startsWith(name) ? key.slice(name.length) : "")) group.attrs.delete(key);
  }
}
