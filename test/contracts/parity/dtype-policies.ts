/** What `keras.dtype_policies` has and Pawl does not, under Keras's names, and why. The contract test holds it to both. */
export const NOT_IN_DTYPE_POLICIES: Readonly<Record<string, string>> = {
  DTypePolicy:
    'the option dtype of a layer takes its name ("mixed_float16") or its dictionary; files keep it, computing is float32',
  FloatDTypePolicy: "another name of DTypePolicy",
  DTypePolicyMap: "a policy for each layer by path: give each layer its option dtype",
  QuantizedDTypePolicy: "there are no quantized layers",
  QuantizedFloat8DTypePolicy: "there are no quantized layers",
  Int4DTypePolicy: "there are no quantized layers",
  AWQDTypePolicy: "there are no quantized layers",
  GPTQDTypePolicy: "there are no quantized layers",
  deserialize: "the option dtype of a layer reads policies",
  get: "the option dtype of a layer reads policies",
  serialize: "getConfig of a layer writes its policy",
};
