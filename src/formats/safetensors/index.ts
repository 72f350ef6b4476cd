export { readSafetensors, type Safetensors } from "./read.js";
export { writeSafetensors } from "./write.js";
