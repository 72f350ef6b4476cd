/** What `keras.optimizers` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_OPTIMIZERS: Readonly<Record<string, string>> = {};
