import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { flattenTensors, KerasTensor, type Tensors } from "../layers/base/keras-tensor.js";
import type { AnyLayer } from "../layers/base/layer.js";

/** @throws {OptionError} when the inputs or outputs of a network are something else than tensors of layers */
export function checkTensors(network: AnyLayer, what: string, tensors: Tensors): void {
  // Copied, so that holes of sparse arrays are seen.
  const list: unknown[] = typeof tensors === "object" && tensors !== null ? [...flattenTensors(tensors)] : [tensors];
  const wrong = list.findIndex((tensor) => !(tensor instanceof KerasTensor));
  if (list.length > 0 && wrong < 0) return;
  throw new OptionError({
    code: "not-a-keras-tensor",
    what: `The ${what} of ${network.label} must be what Input() or a layer's apply() gives`,
    received: list.length === 0 ? "nothing" : valueText(list[wrong]),
    expected: "one tensor, a list, or an object by name",
    fix: "Wire the layers with layer.apply(tensor)",
  });
}
