export { readNpy, writeNpy } from "./npy.js";
export { readNpz, writeNpz } from "./npz.js";
