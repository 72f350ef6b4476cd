export * from "./catalogue.js";
export { computeFans, type Fans } from "./fans.js";
export { deserialize, get, type InitializerIdentifier, register, serialize } from "./get.js";
export { Initializer } from "./initializer.js";
