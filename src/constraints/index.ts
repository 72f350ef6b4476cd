export * from "./catalogue.js";
export { Constraint } from "./constraint.js";
export { type ConstraintIdentifier, type ConstraintName, deserialize, get, register, serialize } from "./get.js";
