/** What `keras.utils` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_UTILS: Readonly<Record<string, string>> = {
  CustomObjectScope:
    "customObjects are an option of what reads: loadModel, modelFromJSON; nothing holds for all programs",
  custom_object_scope:
    "customObjects are an option of what reads: loadModel, modelFromJSON; nothing holds for all programs",
  get_custom_objects: "there is no one list: layers.register, losses.register and the like keep one for each kind",
  get_registered_name: "there is no one list: the class name is static className, under which its kind has it",
  get_registered_object:
    "there is no one list: losses.get, metrics.get and the like find what has a name in their kind",
  register_keras_serializable:
    "each kind has its own, which TypeScript checks: layers.register, losses.register, optimizers.register …",
  serialize_keras_object: "each kind has its own: layers.serialize, losses.serialize, optimizers.serialize …",
  deserialize_keras_object:
    "each kind has its own, so that the result has a type: layers.deserialize, losses.deserialize …",
  load_img: "reading image files needs a codec; imgToArray takes the pixels that one of your choice gives",
  save_img: "writing image files needs a codec; arrayToImg gives the pixels for one of your choice",
  disable_interactive_logging: "where progress goes follows from stdout; verbose: 0 switches it off",
  enable_interactive_logging: "where progress goes follows from stdout; verbose: 1 is the bar",
  is_interactive_logging_enabled: "where progress goes follows from stdout",
};
