export { MaxNorm } from "./max-norm.js";
export { MinMaxNorm } from "./min-max-norm.js";
export { NonNeg } from "./non-neg.js";
export { UnitNorm } from "./unit-norm.js";
