export * from "./catalogue.js";
export { computeFans, type Fans } from "./fans.js";
export { deserialize, get, type InitializerIdentifier, type InitializerName, register, serialize } from "./get.js";
export { FillingInitializer, Initializer } from "./initializer.js";
export type { FanOptions } from "./scaling.js";
export type { SeedOption } from "./seed.js";
