import { OptionError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { writeSafetensors } from "../../formats/safetensors/index.js";
import { TRAILER_BYTES } from "../../formats/trailer.js";
import { encodeOwnState } from "../own-state.js";
import { DIGEST, isOwnTensor, ownTensor, STATE, weightName } from "../safetensors-layout.js";
import type { Format } from "./format.js";

/** Weights by their paths in the model, e.g. "dense/kernel"; it has no place for an optimizer, Pawl's state does. */
export const safetensors: Format = {
  endings: [".safetensors"],
  holds: "weights",
  async write(model) {
    const own = encodeOwnState(model, true);
    const weights = [...model.topLevel, ...model.layers.flatMap((layer) => layer.weights)];
    const seen = new Map<string, Tensor>();
    const named = weights.flatMap(([path, tensor]): (readonly [string, Tensor])[] => {
      const name = weightName(path, model.name);
      if (isOwnTensor(name)) throw ownName(name);
      // What several layers share is one tensor.
      const isSame = seen.get(name) === tensor;
      seen.set(name, tensor);
      return isSame ? [] : [[name, tensor]];
    });
    return writeSafetensors(
      [...named, ...own.tensors.map((tensor, i) => [ownTensor(i), tensor] as const)],
      { format: "keras", [STATE]: own.json },
      { name: DIGEST, bytes: TRAILER_BYTES },
    );
  },
};

function ownName(name: string): OptionError {
  return new OptionError({
    code: "own-name",
    what: "Names that begin so belong to Pawl's state in .safetensors files",
    received: JSON.stringify(name),
    fix: "Give the layer another name",
  });
}
