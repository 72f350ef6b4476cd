import type { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import type { Functional } from "../../network/index.js";
import { placeObjects } from "../object-paths.js";
import { weightName } from "../safetensors-layout.js";

/** An object with weights at its place in a model; see `placeObjects`. */
interface Placed<W> {
  readonly path: string;
  readonly name: string;
  readonly weights: readonly W[];
}

/**
 * The name that TensorFlow.js gives each weight: that of its layer and its own, e.g. "dense/kernel", without the models
 * around it. Of wrappers only Bidirectional adds the layer inside ("bidirectional/forward_lstm/kernel"), and cells of a
 * stack have numbers ("rnn/RNNCell_0/kernel").
 * @param nameOf the weight's own name
 */
export function tfjsNames<W>(objects: readonly Placed<W>[], nameOf: (weight: W) => string): Map<W, string> {
  const nameAt = new Map(objects.map(({ path, name }) => [path, name]));
  const cells = new Map<string, string[]>();
  const cellNumber = (stack: string, cell: string): number => {
    const known = cells.get(stack) ?? [];
    cells.set(stack, known);
    return known.includes(cell) ? known.indexOf(cell) : known.push(cell) - 1;
  };
  const scopeOf = (path: string): string => {
    const parts = path === "" ? [] : path.split("/");
    let scope = "";
    for (let i = 0; i < parts.length; i++) {
      const here = (length: number): string => parts.slice(0, length).join("/");
      if (parts[i] === "layers") scope = nameAt.get(here(++i + 1)) ?? "";
      else if (parts[i] === "cells") scope += `/RNNCell_${cellNumber(here(i), parts[++i]!)}`;
      else if (parts[i] === "forward_layer" || parts[i] === "backward_layer") scope += `/${nameAt.get(here(i + 1))}`;
    }
    return scope;
  };
  const names = new Map<W, string>();
  for (const { path, weights } of objects) {
    const scope = scopeOf(path);
    const isDepthwise = /(^|\/)depthwise_conv\dd(_\d+)?$/.test(path);
    for (const weight of weights) {
      const own = nameOf(weight);
      // Keras 3 has no such words in front of the name.
      const name = isDepthwise && own === "kernel" ? `depthwise_${own}` : own;
      names.set(weight, scope === "" ? name : `${scope}/${name}`);
    }
  }
  return names;
}

/** The name that the file has for each weight of a model; that of TensorFlow.js where it has none. */
export function namesInFile(network: Functional, stored: ReadonlyMap<string, Tensor>): Map<Variable, string> {
  const objects = placeObjects(network).map(({ path, owner, variables }) => ({
    path,
    name: owner.name,
    weights: variables,
  }));
  const expected = tfjsNames(objects, ({ name }) => name);
  const known = spellings(stored.keys());
  return new Map(
    network.weights.map((variable) => {
      const name = expected.get(variable) ?? variable.path;
      const found = stored.has(name) ? name : (known.get(name) ?? known.get(weightName(variable.path, network.name)));
      return [variable, found ?? name];
    }),
  );
}

/**
 * Names in a file by what they may be called: the converter keeps Keras 2's, with the names of cells and of layers in
 * wrappers before the last part, and with those of models before the first. Nothing for what may be several.
 */
function spellings(names: Iterable<string>): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const name of names) {
    const parts = name.split("/");
    const short = [...parts.slice(0, -2), parts.at(-1)!];
    const all = [parts, short].flatMap((spelling) => spelling.slice(0, -1).map((_, i) => spelling.slice(i).join("/")));
    for (const spelling of new Set(all)) found.set(spelling, found.has(spelling) ? null : name);
  }
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null));
}
