import { FormatError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";

/**
 * Value of an attribute. Text is a string and a list of names a string[]; a scalar is a number, bigint (64-bit
 * integers) or boolean (h5py's enum of FALSE and TRUE); everything else is a Tensor.
 */
export type H5Attr = string | number | bigint | boolean | Tensor | readonly string[];

/** An array with attributes. */
export interface H5Dataset {
  readonly tensor: Tensor;
  readonly attrs: Map<string, H5Attr>;
}

/**
 * A group of an HDF5 file as a plain tree. Maps keep the order of insertion, and treat names from a hostile file
 * ("__proto__") as plain names.
 */
export class H5Group {
  readonly attrs: Map<string, H5Attr> = new Map();
  readonly groups: Map<string, H5Group> = new Map();
  readonly datasets: Map<string, H5Dataset> = new Map();

  /** The group at `path` ("a/b"), created together with its missing parents. */
  group(path: string): H5Group {
    let here: H5Group = this;
    for (const name of namesOf(path)) {
      let next = here.groups.get(name);
      if (next === undefined) {
        if (here.datasets.has(name)) throw taken(path);
        here.groups.set(name, (next = new H5Group()));
      }
      here = next;
    }
    return here;
  }

  /** Adds a dataset at `path` ("a/b/kernel"); creates missing groups on the way. */
  put(path: string, tensor: Tensor, attrs?: Readonly<Record<string, H5Attr>>): void {
    const names = namesOf(path);
    const name = names.pop();
    if (name === undefined) throw taken(path);
    const parent = this.group(names.join("/"));
    if (parent.datasets.has(name) || parent.groups.has(name)) throw taken(path);
    parent.datasets.set(name, { tensor, attrs: new Map(Object.entries(attrs ?? {})) });
  }

  /** The group at `path`, or undefined. */
  findGroup(path: string): H5Group | undefined {
    let here: H5Group | undefined = this;
    for (const name of namesOf(path)) here = here?.groups.get(name);
    return here;
  }

  /** The dataset at `path`, or undefined. */
  find(path: string): H5Dataset | undefined {
    const names = namesOf(path);
    const name = names.pop();
    return name === undefined ? undefined : this.findGroup(names.join("/"))?.datasets.get(name);
  }
}

const namesOf = (path: string): string[] => path.split("/").filter((name) => name !== "");

function taken(path: string): FormatError {
  return new FormatError({
    code: "hdf5-name-taken",
    what: `Two things in an HDF5 file cannot have one name: "${path}"`,
    fix: "Give the layers (or weights) different names",
    data: { path },
  });
}
