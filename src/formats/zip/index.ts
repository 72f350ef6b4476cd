export { crc32 } from "./crc32.js";
export type { ZipEntry } from "./entry.js";
export { readZip, type ZipLimits } from "./read.js";
export { writeZip } from "./write.js";
