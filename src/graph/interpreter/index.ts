export type { NumberArray } from "./array.js";
export { type Environment, interpret } from "./interpret.js";
