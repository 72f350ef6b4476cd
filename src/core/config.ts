import type { Json } from "./stateful.js";
import { isPlainObject } from "./value-text.js";

/** A config as Keras writes it: keys in snake case. */
export type Config = { readonly [key: string]: Json };

/** Keras's dictionary for an object in a file. */
export type SerializedPart = {
  readonly module: string | null;
  readonly class_name: string;
  readonly config: Config;
  readonly registered_name: string | null;
};

/** Whether it is a plain object, as JSON makes them. */
export function isConfig(value: unknown): value is Config {
  return isPlainObject(value);
}
