export * from "./catalogue.js";
export { deserialize, get, type RegularizerIdentifier, type RegularizerName, register, serialize } from "./get.js";
export { Regularizer } from "./regularizer.js";
