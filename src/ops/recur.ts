export { recur } from "../graph/index.js";
