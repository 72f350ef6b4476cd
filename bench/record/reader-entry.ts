export { thin } from "../../src/charts/thin.js";
export { nodeVfs } from "../../src/core/vfs-node.js";
export * from "../../src/store/record/index.js";
