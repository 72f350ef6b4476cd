const ON_ITS_WAY = "not there yet";

/** What `keras.ops` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_OPS: Readonly<Record<string, string>> = {
  adaptive_average_pool: ON_ITS_WAY,
  adaptive_max_pool: ON_ITS_WAY,
};

/** The same of `keras.random`. */
export const NOT_IN_RANDOM: Readonly<Record<string, string>> = {};
