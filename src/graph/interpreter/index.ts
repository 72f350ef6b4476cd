export type { NumberArray } from "./array.js";
export { type Environment, interpret } from "./interpret.js";
export { type BatchEnvironment, interpretPlan } from "./sharded.js";
