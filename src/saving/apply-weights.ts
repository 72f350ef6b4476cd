import { FormatError } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { withNumbers } from "../core/with-numbers.js";
import type { Variable } from "../engine/index.js";
import { Layer } from "../layers/base/layer.js";
import type { Functional } from "../network/index.js";
import { matchNamed } from "./named-weights.js";
import { placeObjects } from "./object-paths.js";
import { modernWeights } from "./old-weights.js";
import type { LayerWeights, LoadedWeights, Origin } from "./types.js";

/** A weight, its values, and its name in the file where that has names. */
export type Assignments = readonly (readonly [Variable, Tensor, string?])[];

/** Where every weight of a file belongs. */
export interface MatchedWeights {
  readonly assignments: Assignments;
  /** The name that the file has for each weight; nothing where it goes by places. */
  readonly names: ReadonlyMap<Variable, string>;
  /** Whether weights were of another form in the file, so that slots beside them are too. */
  readonly isRearranged: boolean;
}

/**
 * Finds the place of every weight in a file, and changes nothing.
 * @throws {FormatError} naming the layer whose weights do not fit, with both counts or shapes
 */
export function matchWeights(
  network: Functional,
  { weights, origin, file }: Pick<LoadedWeights, "weights" | "origin" | "file">,
): MatchedWeights {
  // Without the shape of its input a model has no weights yet; what says so says how to give it.
  network.requireBuilt();
  if (weights.layout === "paths") {
    return { assignments: byPath(network, weights.objects, file), names: new Map(), isRearranged: false };
  }
  if (weights.layout === "names") {
    const assignments = matchNamed(network, weights, file, { byName: false, skip: null });
    return { assignments, names: new Map(), isRearranged: false };
  }
  const stored = weights.layers;
  const tensors = new Set(
    [weights.topLevel, ...stored.map((layer) => layer.weights)].flat().map(({ tensor }) => tensor),
  );
  const topLevel = pairUp(
    network,
    network.ownWeights,
    weights.topLevel.map(({ tensor }) => tensor),
    `"${file}", weights of the model itself`,
  );
  const own = topLevel.map(([variable, tensor], i) => [variable, tensor, weights.topLevel[i]!.name] as const);
  const assignments = [...own, ...byOrder(network, stored, origin, file)];
  return {
    assignments,
    names: new Map(assignments.map(([variable, , name]) => [variable, name ?? ""])),
    isRearranged: assignments.some(([, tensor]) => !tensors.has(tensor)),
  };
}

/** Sets what {@link matchWeights} has found. */
export function setWeights({ assignments }: Pick<MatchedWeights, "assignments">): void {
  for (const [variable, tensor] of assignments) variable.write(withNumbers(tensor));
}

/** As `.h5` files are matched: layers that have weights, in order, whatever their names. */
function byOrder(network: Functional, stored: readonly LayerWeights[], origin: Origin, file: string): Assignments {
  const here = network.layers
    .map((layer) => ({ layer, variables: [...layer.trainableWeights, ...layer.nonTrainableWeights] }))
    .filter(({ variables }) => variables.length > 0);
  const there = stored.filter(({ weights }) => weights.length > 0);
  if (here.length !== there.length) {
    throw new FormatError({
      code: "layer-count",
      what: `The weights in "${file}" do not fit ${network.label}: the number of layers with weights differs`,
      received: `${there.length} (${there.map(({ name }) => name).join(", ")})`,
      expected: `${here.length} (${here.map(({ layer }) => layer.name).join(", ")})`,
      fix: "Make the model as it was when the file was saved",
    });
  }
  return here.flatMap(({ layer, variables }, i) => {
    const { name } = there[i]!;
    const weights = modernWeights(layer, there[i]!.weights, origin);
    const tensors = weights.map(({ tensor }) => tensor);
    return pairUp(layer, variables, tensors, `"${file}", layer "${name}"`).map(
      ([variable, tensor], j) => [variable, tensor, weights[j]!.name] satisfies Assignments[number],
    );
  });
}

/** A layer of a model with what a file has at its place. */
export interface StoredObject {
  readonly path: string;
  readonly layer: Layer;
  readonly variables: readonly Variable[];
  readonly tensors: readonly Tensor[] | undefined;
}

/** The layers of a model with what a file has at their places. */
export function objectsAt(network: Functional, stored: ReadonlyMap<string, readonly Tensor[]>): StoredObject[] {
  return layersIn(ownersAt(network, stored));
}

function ownersAt(network: Functional, stored: ReadonlyMap<string, readonly Tensor[]>) {
  const all = placeObjects(network);
  // Old files count layers in lists inside lists in one row.
  const isFormer = all.some(
    ({ path, formerPath, variables }) =>
      path !== formerPath && variables.length > 0 && !find(stored, path)?.length && find(stored, formerPath)?.length,
  );
  return all.map(({ owner, variables, ...paths }) => {
    const path = isFormer ? paths.formerPath : paths.path;
    return { path, owner, variables, tensors: find(stored, path) };
  });
}

const layersIn = (found: ReturnType<typeof ownersAt>): StoredObject[] =>
  found.flatMap(({ owner, ...object }) => (owner instanceof Layer ? [{ ...object, layer: owner }] : []));

/** As `.weights.h5` files are matched: by the objects' places in the model. */
function byPath(network: Functional, stored: ReadonlyMap<string, readonly Tensor[]>, file: string): Assignments {
  const found = ownersAt(network, stored);
  const placed = layersIn(found);
  const missing = placed.filter(({ variables, tensors }) => variables.length > 0 && !tensors?.length);
  const claimed = new Set(placed.flatMap(({ path }) => spellings(path)));
  const unclaimed = [...stored].filter(
    ([path, tensors]) =>
      tensors.length > 0 && /^(layers|_layer_checkpoint_dependencies)\//.test(path) && !claimed.has(path),
  );
  if (missing.length > 0 || unclaimed.length > 0) {
    const [first] = missing;
    throw new FormatError({
      code: "weights-places",
      what:
        first === undefined
          ? `"${file}" holds weights that ${network.label} has no place for`
          : `"${file}" lacks the weights of ${missing.length} of the layers of ${network.label}, first ${first.layer.label}`,
      received: listed(unclaimed.map(([path]) => path)) || "no others",
      expected: listed(missing.map(({ path }) => path)) || "nothing else",
      fix: "Make the model as it was when the file was saved",
    });
  }
  // What a metric has counted: older files do not have it, and training begins it anew.
  const measured = found.flatMap(({ owner, variables, tensors = [] }) => {
    const fits = variables.every(
      (variable, i) => tensors[i] !== undefined && sameShape(tensors[i].shape, variable.shape),
    );
    return owner instanceof Layer || !fits ? [] : variables.map((variable, i) => [variable, tensors[i]!] as const);
  });
  const own = placed.flatMap(({ path, layer, variables, tensors }) =>
    pairUp(layer, variables, tensors ?? [], `"${file}" at "${path}"`),
  );
  return [...own, ...measured];
}

/** Keras 2.13 to 2.15 have another word for `layers`. */
const oldPath = (path: string): string => path.replace(/(^|\/)layers(?=\/)/g, "$1_layer_checkpoint_dependencies");

/** The places of an object: Keras 2 also has no public names for the parts of attention. */
const spellings = (path: string): string[] =>
  [path, path.replace(/[^/]+$/, "_$&")].flatMap((spelling) => [spelling, oldPath(spelling)]);

function find(stored: ReadonlyMap<string, readonly Tensor[]>, path: string): readonly Tensor[] | undefined {
  const there = spellings(path).find((spelling) => stored.has(spelling));
  return there === undefined ? undefined : stored.get(there);
}

const listed = (paths: readonly string[]): string =>
  paths.slice(0, 5).join(", ") + (paths.length > 5 ? ` and ${paths.length - 5} more` : "");

/** @throws {FormatError} when number or shapes differ */
export function pairUp(
  layer: Layer,
  variables: readonly Variable[],
  tensors: readonly Tensor[],
  where: string,
): Assignments {
  if (variables.length !== tensors.length) {
    throw new FormatError({
      code: "weight-count",
      what: `The weights of ${layer.label} do not fit (${where})`,
      received: `${tensors.length} weights`,
      expected: `${variables.length} (${variables.map(({ name }) => name).join(", ")})`,
      fix: "Make the layer as it was when the file was saved",
    });
  }
  return variables.map((variable, i) => {
    const tensor = tensors[i]!;
    if (!sameShape(tensor.shape, variable.shape)) {
      throw new FormatError({
        code: "weight-shape",
        what: `The weight "${variable.name}" of ${layer.label} does not fit (${where})`,
        received: `shape ${formatShape(tensor.shape)}`,
        expected: `shape ${formatShape(variable.shape)}`,
        fix: "Make the layer as it was when the file was saved",
      });
    }
    return [variable, tensor];
  });
}
