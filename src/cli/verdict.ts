import { FormatError, StateError } from "../core/errors.js";
import { nameOf } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { readNpy, readNpz } from "../formats/npy/index.js";
import { decodeCheckpoint } from "../store/checkpoint.js";
import { checkLoop } from "../training/own/check-loop.js";
import { isLoopState } from "../training/own/loop-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { decodeTrainState } from "../training/state/train-state.js";
import { isCheckpoint, readBytes } from "./files.js";
import { readAnything } from "./inspect-file.js";

/**
 * The result for a file. "intact": its digest is right and all of it can be read. "readable": all of it can be read,
 * but there is no digest. "edited": complete, but not as Pawl wrote it. "refused": it tries something that no model
 * needs. "foreign": valid, but not of Keras or Pawl.
 */
export type Verdict = "intact" | "readable" | "edited" | "damaged" | "refused" | "foreign";

export interface Checked {
  readonly path: string;
  readonly bytes: number;
  readonly verdict: Verdict;
  /** What was checked, or what is wrong. */
  readonly why: string;
  /** Whether the file holds a whole model. */
  readonly isModel: boolean;
}

/** Codes of errors about valid files that hold no model. */
const FOREIGN = new Set(["no-weights", "no-model", "no-layer-names", "hdf5-unsupported"]);

/** Codes of errors about malicious files. */
const REFUSED =
  /^(python-code|shard-name|registered-built-in|npy-pickle|config-(depth|size)|hdf5-(external-|virtual|soft|too-|cycle|unknown-filter|shared)|zip-(?!damaged))/;

/** Reads a file and checks it; a file that cannot be read counts as damaged. */
export async function checkAt(path: string, files: Vfs): Promise<Checked> {
  try {
    return await check(path, await readBytes(files, path), files);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return {
      path,
      bytes: 0,
      verdict: error.code === "not-a-file" ? "refused" : "damaged",
      why: error.message,
      isModel: false,
    };
  }
}

/** Checks whether all of a file can be read and is as it was written. */
export async function check(path: string, bytes: Uint8Array, files: Vfs = nodeVfs()): Promise<Checked> {
  const say = (verdict: Verdict, why: string, isModel = false): Checked => ({
    path,
    bytes: bytes.length,
    verdict,
    why,
    isModel,
  });
  try {
    return say(...(await read(path, bytes, files)));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (error.code === "file-edited") return say("edited", error.message);
    const verdict = FOREIGN.has(error.code) ? "foreign" : REFUSED.test(error.code) ? "refused" : "damaged";
    return say(verdict, error.message);
  }
}

async function read(path: string, bytes: Uint8Array, files: Vfs): Promise<[Verdict, string, boolean?]> {
  const ending = /\.[^.]*$/.exec(nameOf(path))?.[0];
  if (ending === ".npy") {
    const { dtype, shape } = readNpy(bytes);
    return ["readable", `an array of ${dtype}, shape (${shape.join(", ")}); the format has no checksum`];
  }
  if (ending === ".npz") return ["readable", `${(await readNpz(bytes)).size} arrays, their checksums hold`];
  if (ending === ".pawl" || isCheckpoint(bytes)) {
    const value = await decodeCheckpoint(bytes);
    if (isLoopState(value)) checkLoop(value);
    else decodeRunState(value);
    return ["intact", "the digest holds, the state can be read"];
  }
  const loaded = await readAnything(path, bytes, files);
  if (loaded.state !== null) decodeTrainState(loaded.state);
  const isModel = "model" in loaded;
  if (loaded.origin.digest) return ["intact", "the digest holds, all bytes can be read", isModel];
  return loaded.origin.hasChecksums
    ? ["readable", "all bytes can be read, its checksums hold; it has no digest of Pawl", isModel]
    : ["readable", "all bytes can be read; it has no digest of Pawl", isModel];
}
