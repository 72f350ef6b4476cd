import { FormatError } from "../../core/errors.js";
import { readSafetensors } from "../../formats/safetensors/index.js";
import { isOwnTensor, ownTensor, STATE } from "../safetensors-layout.js";
import type { Container, Contents } from "./container.js";

/** safetensors: weights by name. */
export const safetensors: Container = {
  title: "safetensors",
  files: "a .safetensors file",
  endings: [".safetensors"],
  hasChecksums: false,
  // The length of the header, of which the upper half is nothing; then the header.
  magic: [null, null, null, null, 0, 0, 0, 0, 0x7b],
  async open({ whole }, file, budget): Promise<Contents> {
    // With what is behind it, which is the last tensor.
    const { metadata, tensors: all } = readSafetensors(whole, `"${file}"`, budget);
    const tensors = new Map([...all].filter(([name]) => !isOwnTensor(name)));
    const json = metadata.get(STATE);
    const own = [];
    for (let i = 0; ; i++) {
      const tensor = all.get(ownTensor(i));
      if (tensor === undefined) break;
      own.push(tensor);
    }
    return {
      keras: null,
      backend: null,
      // Programs that write such a file again lose the metadata, and keep the tensors.
      own: json === undefined && tensors.size === all.size ? null : { json: json ?? "", tensors: own },
      model: async () => {
        throw weightsOnly(file);
      },
      weights: async () => ({ weights: { layout: "names", scoped: false, tensors }, optimizer: null }),
    };
  },
};

function weightsOnly(file: string): FormatError {
  return new FormatError({
    code: "weights-only",
    what: `"${file}" holds no architecture, so no model can be made from it`,
    expected: "a whole model (.keras, .h5)",
    fix: "Make the model in code and call model.loadWeights",
  });
}
