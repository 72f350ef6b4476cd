export * from "./catalogue.js";
export { deserialize, get, type RegularizerIdentifier, register, serialize } from "./get.js";
export { Regularizer } from "./regularizer.js";
