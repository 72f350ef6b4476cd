import { bool, type Fields } from "../core/options.js";

/** Options of `save`. */
export interface SaveFileOptions {
  /** false: an existing file is an error. Default true. */
  readonly overwrite?: boolean;
}

/** Options of `loadWeights`. */
export interface LoadWeightsOptions {
  /** false: load weights only, for a model with another optimizer, or to train anew. Default true. */
  readonly optimizer?: boolean;
  /** true: accept a file that another program edited, but load only weights and optimizer from it. Default false. */
  readonly allowEdited?: boolean;
  /** true: an optimizer state that does not fit is an error. Default false: warn, and start the optimizer anew. */
  readonly strict?: boolean;
}

export const SAVE: Fields<SaveFileOptions> = { overwrite: bool(true) };
export const LOAD_WEIGHTS: Fields<LoadWeightsOptions> = {
  optimizer: bool(true),
  allowEdited: bool(false),
  strict: bool(false),
};
