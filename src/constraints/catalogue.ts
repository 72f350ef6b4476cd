export { MaxNorm, type MaxNormOptions } from "./max-norm.js";
export { MinMaxNorm, type MinMaxNormOptions } from "./min-max-norm.js";
export { NonNeg } from "./non-neg.js";
export { UnitNorm, type UnitNormOptions } from "./unit-norm.js";
