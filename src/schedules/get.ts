import { PartKind } from "../core/part-kind.js";
import type { AnyPartClass, SerializedPart } from "../core/parts.js";
import type { Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { LearningRateSchedule } from "./schedule.js";

const kind = new PartKind<LearningRateSchedule>({
  kind: "schedule",
  module: "keras.optimizers.schedules",
  base: LearningRateSchedule,
  catalogue,
});

/** Keras's dictionary for a schedule. */
export function serialize(schedule: LearningRateSchedule): SerializedPart {
  return kind.serialize(schedule);
}

/** The schedule that Keras's dictionary describes. */
export function deserialize(json: Json, where = "schedule", reading?: Reading): LearningRateSchedule {
  return kind.deserialize(json, where, reading);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<LearningRateSchedule>>(cls: C, packageName?: string): C {
  return kind.registered.register(cls, packageName);
}
