/** What `keras.losses` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_LOSSES: Readonly<Record<string, string>> = {};
