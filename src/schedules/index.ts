export * from "./catalogue.js";
export { deserialize, register, serialize } from "./get.js";
export { nameField } from "./name-field.js";
export { LearningRateSchedule } from "./schedule.js";
