import { sayOnce } from "../../core/notice.js";
import { type Config, isConfig } from "../../core/parts.js";
import { shown } from "../../core/shown.js";
import type { Json } from "../../core/stateful.js";

/** Says once that a model computes something else there at padded steps, which Keras's Bidirectional makes zero. */
export function sayOfPadding(model: Config, label: string): void {
  const found = { mask: false, bidirectional: false };
  const visit = (json: Json): void => {
    if (Array.isArray(json)) for (const item of json as readonly Json[]) visit(item);
    if (!isConfig(json)) return;
    const { class_name: className, config } = json;
    const { mask_zero: maskZero, layer } = isConfig(config) ? config : ({} as Config);
    const inner = isConfig(layer) && isConfig(layer["config"]) ? layer["config"] : {};
    found.mask ||= className === "Masking" || maskZero === true;
    found.bidirectional ||= className === "Bidirectional" && inner["return_sequences"] === true;
    for (const value of Object.values(json)) visit(value);
  };
  visit(model);
  if (!found.mask || !found.bidirectional) return;
  sayOnce(
    `tfjs-padding-${label}`,
    `${shown(label)}: at padded steps Bidirectional gives zeros, as in Keras, where TensorFlow.js gives the output of the step before.`,
  );
}
