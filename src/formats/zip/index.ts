export { crc32 } from "./crc32.js";
export type { ZipEntry } from "./entry.js";
export { openZip, type ReadBytes, type ZipPlace } from "./open.js";
export { readZip } from "./read.js";
export { writeZip } from "./write.js";
