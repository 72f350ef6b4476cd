import {
  type AnyPartClass,
  builtInClasses,
  deserializePart,
  type PartKind,
  type SerializedPart,
  serializePart,
} from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { LearningRateSchedule } from "./schedule.js";

const registered = new Registry<AnyPartClass<LearningRateSchedule>>("schedule");
const kind: PartKind<LearningRateSchedule> = {
  kind: "schedule",
  module: "keras.optimizers.schedules",
  builtIn: builtInClasses<LearningRateSchedule>(LearningRateSchedule, catalogue),
  registered,
};

/** Keras's dictionary for a schedule. */
export function serialize(schedule: LearningRateSchedule): SerializedPart {
  return serializePart(kind, schedule);
}

/** The schedule that Keras's dictionary describes. */
export function deserialize(json: Json, where = "schedule"): LearningRateSchedule {
  return deserializePart(kind, json, where);
}

/** Makes a class of your own known by its `className`, so that files can name it. */
export function register<C extends AnyPartClass<LearningRateSchedule>>(cls: C, packageName?: string): C {
  return registered.register(cls, packageName);
}
