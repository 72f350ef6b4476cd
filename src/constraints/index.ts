export * from "./catalogue.js";
export { Constraint } from "./constraint.js";
export { type ConstraintIdentifier, deserialize, get, register, serialize } from "./get.js";
