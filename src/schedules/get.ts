import { builtInClasses, deserializePart, type PartKind, type SerializedPart, serializePart } from "../core/parts.js";
import { Registry } from "../core/registry.js";
import type { Json } from "../core/stateful.js";
import * as catalogue from "./catalogue.js";
import { LearningRateSchedule } from "./schedule.js";

const kind: PartKind<LearningRateSchedule> = {
  kind: "schedule",
  module: "keras.optimizers.schedules",
  builtIn: builtInClasses<LearningRateSchedule>(LearningRateSchedule, catalogue),
  registered: new Registry("schedule"),
};

/** Makes a schedule class of one's own known to files, by its className. */
export const register: typeof kind.registered.register = kind.registered.register.bind(kind.registered);

/** Keras's dictionary for a schedule. */
export function serialize(schedule: LearningRateSchedule): SerializedPart {
  return serializePart(kind, schedule);
}

/** The schedule that Keras's dictionary describes. */
export function deserialize(json: Json, where = "schedule"): LearningRateSchedule {
  return deserializePart(kind, json, where);
}
