import { FormatError, OptionError } from "../core/errors.js";
import { sameShape } from "../core/shape.js";
import type { Functional } from "../network/index.js";
import { type Assignments, objectsAt, pairUp } from "./apply-weights.js";
import { matchNamed } from "./named-weights.js";
import { modernWeights } from "./old-weights.js";
import type { LayerWeights, LoadedWeights } from "./types.js";

/** Which weights of a file to take where not all of them fit. */
export interface PartialOptions {
  /** By the names of layers instead of their order; layers without a counterpart stay as they are. */
  readonly byName: boolean;
  /** Leave out what does not fit, instead of refusing the file. */
  readonly skipMismatch: boolean;
}

/** What of a file fits a model, and what was left out of it. */
export interface PartlyMatched {
  readonly assignments: Assignments;
  /** Why, for each that was left out. */
  readonly skipped: readonly string[];
}

/**
 * Finds the place of those weights of a file that have one, as Keras's `load_weights` with `by_name` and `skip_mismatch`
 * does; changes nothing. In files with paths a layer is taken whole or not at all, where Keras may leave it half loaded.
 * @throws {OptionError} for names in a file that goes by places
 * @throws {FormatError} for what does not fit, unless it is skipped
 */
export function matchPartly(
  network: Functional,
  loaded: Pick<LoadedWeights, "weights" | "origin" | "file">,
  { byName, skipMismatch }: PartialOptions,
): PartlyMatched {
  network.requireBuilt();
  const { weights, file } = loaded;
  const skipped: string[] = [];
  const attempt = (match: () => Assignments): Assignments => {
    try {
      return match();
    } catch (error) {
      if (!skipMismatch || !(error instanceof FormatError)) throw error;
      skipped.push(error.message);
      return [];
    }
  };
  if (weights.layout === "names") {
    const skip = skipMismatch ? (reason: string) => void skipped.push(reason) : null;
    return { assignments: matchNamed(network, weights, file, { byName, skip }), skipped };
  }
  if (weights.layout === "paths") {
    if (byName) throw noNames(file);
    const assignments = objectsAt(network, weights.objects).flatMap(({ path, layer, variables, tensors }) =>
      attempt(() => pairUp(layer, variables, tensors ?? [], `"${file}" at "${path}"`)),
    );
    return { assignments, skipped };
  }
  const pairs = byName ? byNames(network, weights.layers) : byPlaces(network, weights.layers);
  if (pairs === null) return { assignments: attempt(() => refuseCount(network, weights.layers, file)), skipped };
  const assignments = pairs.flatMap(([layer, stored]) => {
    const variables = [...layer.trainableWeights, ...layer.nonTrainableWeights];
    const named = modernWeights(layer, stored.weights, loaded.origin);
    const where = `"${file}", layer "${stored.name}"`;
    if (!skipMismatch || named.length !== variables.length) {
      return attempt(() =>
        pairUp(
          layer,
          variables,
          named.map(({ tensor }) => tensor),
          where,
        ),
      );
    }
    // As in Keras: of a layer with as many weights, each that fits.
    return variables.flatMap((variable, i) => {
      const { tensor } = named[i]!;
      if (sameShape(tensor.shape, variable.shape)) return [[variable, tensor] as const];
      return attempt(() => pairUp(layer, [variable], [tensor], where));
    });
  });
  return { assignments, skipped };
}

type Pairs = readonly (readonly [Functional["layers"][number], LayerWeights])[];

/** Each layer of the file with those of the model that have its name. */
function byNames(network: Functional, stored: readonly LayerWeights[]): Pairs {
  return stored.flatMap((there) =>
    network.layers
      .filter(({ name, weights }) => name === there.name && (weights.length > 0 || there.weights.length > 0))
      .map((layer) => [layer, there] as const),
  );
}

/** Layers with weights in their order; null where there are more of them on one side. */
function byPlaces(network: Functional, stored: readonly LayerWeights[]): Pairs | null {
  const here = network.layers.filter(({ weights }) => weights.length > 0);
  const there = stored.filter(({ weights }) => weights.length > 0);
  return here.length === there.length ? here.map((layer, i) => [layer, there[i]!] as const) : null;
}

function refuseCount(network: Functional, stored: readonly LayerWeights[], file: string): never {
  const names = stored.filter(({ weights }) => weights.length > 0).map(({ name }) => name);
  throw new OptionError({
    code: "layer-count",
    what: `The weights in "${file}" go by the order of layers, and ${network.label} has another number of layers with weights`,
    received: `${names.length} (${names.join(", ")})`,
    expected: String(network.layers.filter(({ weights }) => weights.length > 0).length),
    fix: "Give layers that belong together the same names, and load with { byName: true }",
  });
}

function noNames(file: string): OptionError {
  return new OptionError({
    code: "by-name",
    what: `byName is for .h5 and .safetensors files, which know names; "${file}" knows their places in the model`,
    received: "byName: true",
    fix: "Leave byName out; { skipMismatch: true } takes what fits",
  });
}
