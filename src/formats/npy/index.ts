export { type NpyHeader, parseHeader } from "./header.js";
export { readNpy, writeNpy } from "./npy.js";
export { readNpz, writeNpz } from "./npz.js";
export { type NpyDType, npyType, swapBytes } from "./types.js";
