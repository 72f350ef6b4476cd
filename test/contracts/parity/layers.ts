/** What `keras.layers` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_LAYERS: Readonly<Record<string, string>> = {
  FlaxLayer: "its weights and computation are a Flax module of Python",
  JaxLayer: "its computation is a JAX function of Python",
  TFSMLayer: "it runs a TensorFlow SavedModel; convert the model to a .keras file, or export it to ONNX",
  TorchModuleWrapper: "its weights and computation are a PyTorch module of Python",
  InputSpec: "layers state theirs as plain data in static traits: { rank, axes }",
};
