/** What is known of a tensor without computing anything, or of data alone. */
const ASKING = ["convertToNumpy", "dtype", "isTensor", "ndim", "shape", "size"] as const;

/** Made from numbers alone. */
const CONSTANTS = [
  "bartlett",
  "blackman",
  "empty",
  "geomspace",
  "hamming",
  "hanning",
  "identity",
  "kaiser",
  "logspace",
  "tri",
] as const;

/** What Pawl cannot have: calling one of these says why. */
const REFUSED = ["eig", "nonzero", "polar", "viewAsComplex", "viewAsReal"] as const;

/** No operand could be a tensor of a network; or they work on graphs and not on tensors; or Keras has no operation. */
const OTHERS = [
  "arange",
  "associativeScan",
  "batchRows",
  "cond",
  "customGradient",
  "eye",
  "foriLoop",
  "full",
  "gradients",
  "ifft",
  "input",
  "iota",
  "jvp",
  "linspace",
  "map",
  "ones",
  "random",
  "recur",
  "scan",
  "switch",
  "vectorizedMap",
  "whileLoop",
  "vectorize",
  "zeros",
] as const;

/** Ops that are no nodes of networks: a layer's call, a Lambda or a step of your own is their place. */
export type OutsideNetworks =
  | (typeof ASKING)[number]
  | (typeof CONSTANTS)[number]
  | (typeof REFUSED)[number]
  | (typeof OTHERS)[number];

/** The same names, for the walk through all others with real Keras (interop/operations.py). */
export const OUTSIDE_NETWORKS: readonly OutsideNetworks[] = [...ASKING, ...CONSTANTS, ...REFUSED, ...OTHERS];
