/** What `keras.callbacks` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_CALLBACKS: Readonly<Record<string, string>> = {
  OrbaxCheckpoint: "its files are Orbax's, of Python; ModelCheckpoint and the option run save whole trainings",
  CallbackList: "fit, evaluate and predict run lists of callbacks; loops of your own call the hooks they want",
};
