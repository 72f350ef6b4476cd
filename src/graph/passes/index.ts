export { mergeCommon } from "./common.js";
export { foldConstants } from "./constants.js";
export { factorSums } from "./factor-sums.js";
export { hoistScans } from "./hoist-scans.js";
export { sinkTransposes } from "./layout.js";
export { optimize, PASSES } from "./optimize.js";
export { simplify } from "./simplify.js";
