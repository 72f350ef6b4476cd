/** What `keras.ops` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_OPS: Readonly<Record<string, string>> = {};

/** The same of `keras.random`. */
export const NOT_IN_RANDOM: Readonly<Record<string, string>> = {};
