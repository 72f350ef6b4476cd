import { isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";

/** Says so when a Keras 2 model uses a function that Keras 3 has under the same name with other values. */
export function warnOfChangedActivations(model: Json, file: string): void {
  if (!usesHardSigmoid(model)) return;
  console.warn(
    `"${file}" was written by Keras 2, whose hard_sigmoid is 0.2 x + 0.5 between 0 and 1. Here it is x / 6 + 0.5, ` +
      "as in Keras 3, so that predictions differ. Train on before they are relied on, or replace the activation.",
  );
}

function usesHardSigmoid(json: Json): boolean {
  if (Array.isArray(json)) return (json as readonly Json[]).some(usesHardSigmoid);
  if (!isConfig(json)) return false;
  return Object.entries(json).some(([key, value]) =>
    key.endsWith("activation") ? value === "hard_sigmoid" : usesHardSigmoid(value as Json),
  );
}
