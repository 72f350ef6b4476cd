import type { Tensor } from "../../core/tensor.js";
import type { H5Group } from "../../formats/hdf5/index.js";
import { type EditedObject, type EditedTree, renamed, type Weights } from "./edited-tree.js";

/** Weights by path, as `.keras` and `.weights.h5` files have them: those of an object are in its group `vars`. */
export class PathTree implements EditedTree {
  readonly #root: H5Group;

  constructor(root: H5Group) {
    this.#root = root;
  }

  list(): readonly EditedObject[] {
    const objects: EditedObject[] = [];
    const visit = (group: H5Group, path: string): void => {
      const vars = group.groups.get("vars");
      const name = vars?.attrs.get("name");
      const weights = new Map([...(vars?.datasets ?? [])].map(([key, { tensor }]): [string, Tensor] => [key, tensor]));
      if (path !== "") objects.push({ path, name: typeof name === "string" ? name : null, weights });
      for (const [key, child] of group.groups) {
        if (key !== "vars" && hasWeights(child)) visit(child, path === "" ? key : `${path}/${key}`);
      }
    };
    visit(this.#root, "");
    return objects;
  }

  rename(path: string, to: string): void {
    const [parent, key] = this.#split(path);
    renamed(parent.groups, key, to);
  }

  remove(path: string): void {
    const [parent, key] = this.#split(path);
    parent.groups.delete(key);
  }

  add(path: string, weights: Weights): void {
    this.#root.group(`${path}/vars`);
    this.addWeights(path, weights);
  }

  renameWeight(path: string, weight: string, to: string): void {
    renamed(this.#vars(path).datasets, weight, to);
  }

  removeWeight(path: string, weight: string): void {
    this.#vars(path).datasets.delete(weight);
  }

  addWeights(path: string, weights: Weights): void {
    const { datasets } = this.#vars(path);
    for (const [name, tensor] of weights) datasets.set(name, { tensor, attrs: new Map() });
  }

  #vars(path: string): H5Group {
    return this.#root.group(`${path}/vars`);
  }

  #split(path: string): [parent: H5Group, key: string] {
    const slash = path.lastIndexOf("/");
    return [this.#root.group(path.slice(0, Math.max(0, slash))), path.slice(slash + 1)];
  }
}

/** Groups without any weight in them are nobody's concern. */
function hasWeights(group: H5Group): boolean {
  return group.datasets.size > 0 || [...group.groups.values()].some(hasWeights);
}
