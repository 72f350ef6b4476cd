export { L1 } from "./l1.js";
export { L1L2 } from "./l1-l2.js";
export { L2 } from "./l2.js";
export { OrthogonalRegularizer } from "./orthogonal-regularizer.js";
