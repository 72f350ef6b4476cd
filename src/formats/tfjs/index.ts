export { type ManifestEntry, type ManifestGroup, readManifest } from "./manifest.js";
export { type NamedEntry, readTensors } from "./tensors.js";
export { type WrittenTensors, writeTensors } from "./write.js";
