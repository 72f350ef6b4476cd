export * from "./catalogue.js";
export { deserialize, register, serialize } from "./get.js";
export { LearningRateSchedule } from "./schedule.js";
