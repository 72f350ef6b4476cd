import type { Container } from "./container.js";
import { hdf5 } from "./hdf5.js";
import { kerasArchive } from "./keras-archive.js";
import { safetensors } from "./safetensors.js";

/** Every kind of file that models are read from, told apart by its first bytes. */
export const CONTAINERS: readonly Container[] = [kerasArchive, hdf5, safetensors];
