import { type Field, wrongOption } from "../core/options.js";
import type { SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import { Optimizer } from "./optimizer.js";

/** How optimizers are written and read. */
interface Described {
  serialize(optimizer: Optimizer): SerializedPart;
  deserialize(json: Json, where: string, reading?: Reading): Optimizer;
}

let described: Described | null = null;

/** Called once, by whoever knows all classes: those of optimizers around others would depend on themselves otherwise. */
export function describeOptimizers(how: Described): void {
  described = how;
}

/** An optimizer inside another one. */
export const optimizerField: Field<Optimizer> = {
  parse(value, where) {
    if (value instanceof Optimizer) return value as Optimizer;
    throw wrongOption(where, "an optimizer made with new", value);
  },
  toConfig: (optimizer) => described!.serialize(optimizer) as unknown as Json,
  fromConfig: (json, where, reading) => described!.deserialize(json, where, reading),
};
