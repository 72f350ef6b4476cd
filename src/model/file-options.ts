import { OptionError } from "../core/errors.js";
import { bool, type Fields, nullable, resolveOptions } from "../core/options.js";

/** Options of `save`. */
export interface SaveFileOptions {
  /** false: an existing file is an error. Default true. */
  readonly overwrite?: boolean;
}

/** Options of `loadWeights`. */
export interface LoadWeightsOptions {
  /**
   * false: load weights only, for a model with another optimizer, or to train anew. Default true; false with `byName` or
   * `skipMismatch`, since an optimizer belongs to all weights.
   */
  readonly optimizer?: boolean;
  /**
   * For `.h5` files, true: layers take the weights of the layer of the same name, and those without one keep theirs, e.g.
   * to begin from a part of another model; for `.safetensors` files, weights those of the same path. Default false: by
   * order, by places in the model, or by paths that are all the same.
   */
  readonly byName?: boolean;
  /** true: weights of other shapes or numbers are left out with a warning. Default false: they are an error. */
  readonly skipMismatch?: boolean;
  /** true: accept a file that another program edited, but load only weights and optimizer from it. Default false. */
  readonly allowEdited?: boolean;
  /** true: an optimizer state that does not fit is an error. Default false: warn, and start the optimizer anew. */
  readonly strict?: boolean;
}

export const SAVE: Fields<SaveFileOptions> = { overwrite: bool(true) };
const LOAD_WEIGHTS: Fields<Omit<LoadWeightsOptions, "optimizer"> & { readonly optimizer?: boolean | null }> = {
  optimizer: nullable(bool(true)),
  byName: bool(false),
  skipMismatch: bool(false),
  allowEdited: bool(false),
  strict: bool(false),
};

/** @throws {OptionError} for unknown options, and for an optimizer beside a part of the weights */
export function resolveLoadWeights(
  where: string,
  options: LoadWeightsOptions | undefined,
): Required<LoadWeightsOptions> {
  const { optimizer, ...rest } = resolveOptions(where, LOAD_WEIGHTS, options);
  const isPart = rest.byName || rest.skipMismatch;
  if (!isPart || optimizer !== true) return { ...rest, optimizer: optimizer ?? !isPart };
  throw new OptionError({
    code: "part-with-optimizer",
    what: `${where}: a part of the weights comes without the optimizer, whose slots belong to all of them`,
    received: `optimizer: true and ${rest.byName ? "byName" : "skipMismatch"}: true`,
    fix: "Leave optimizer out",
  });
}

export function warnOfSkipped(where: string, skipped: readonly string[]): void {
  if (skipped.length > 0)
    console.warn(`${where} left out ${skipped.length} of the weights or layers: ${skipped.join(" ")}`);
}
