import { optionToKeras } from "../core/names.js";
import type { Field } from "../core/options.js";
import type { SerializedPart } from "../core/parts.js";
import { serialize } from "./get.js";
import type { Optimizer } from "./optimizer.js";

/** An optimizer in a file for Keras. */
export interface ForKeras {
  /** Its dictionary without the options that Keras does not have. */
  readonly config: SerializedPart;
  /** What Keras will do otherwise, one text an option; empty when it trains on as we do. */
  readonly instead: readonly string[];
}

/** An optimizer by a rule of Keras 2 is Keras 3's in files: nothing there can say more. */
export function forKeras(optimizer: Optimizer): ForKeras {
  const serialized = serialize(optimizer);
  const { fields = {} } = optimizer.constructor as unknown as { readonly fields?: Record<string, Field<unknown>> };
  const config = { ...serialized.config };
  const instead: string[] = [];
  for (const [name, { keras, own }] of Object.entries(fields)) {
    const key = keras ?? optionToKeras(name);
    if (own === undefined || !(key in config)) continue;
    delete config[key];
    instead.push(own);
  }
  return { config: { ...serialized, config }, instead };
}
