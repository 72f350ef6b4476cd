export { type DropoutDraw, dropout, type ShuffleOptions, shuffle } from "./arrange.js";
export { binomial } from "./binomial.js";
export { categorical } from "./categorical.js";
export {
  integers,
  type NormalOptions,
  normal,
  randint,
  truncatedNormal,
  type UniformOptions,
  uniform,
} from "./draws.js";
export { beta, gamma } from "./gamma.js";
export type { Parameter } from "./parameter.js";
export type { RandomOptions } from "./seed.js";
export { SeedGenerator, type SeedGeneratorOptions } from "./seed-generator.js";
