import { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import { shown } from "../core/shown.js";
import { type H5Group, readHdf5 } from "../formats/hdf5/index.js";
import { readNpy } from "../formats/npy/index.js";
import { splitTrailer } from "../formats/trailer.js";
import { readZip } from "../formats/zip/index.js";
import { numbered } from "./h5-layout.js";
import { decodeOwnState, type LoadedOwnState, type OwnState } from "./own-state.js";
import { parseConfig } from "./plain-json.js";
import type { Origin } from "./types.js";

export interface ReadOptions {
  /** For messages: the path, or what the bytes are. */
  readonly file: string;
  /**
   * Takes a file that was changed after Pawl wrote it: weights and optimizer are loaded, Pawl's own state is dropped
   * and that is said. Default false: such a file is an error.
   */
  readonly allowEdited?: boolean;
  /** Pays for all that is read and built; default one for the file's size. */
  readonly budget?: Budget;
}

interface Common {
  readonly own: LoadedOwnState | null;
  readonly origin: Origin;
  /** What reading the file has left. */
  readonly budget: Budget;
}

/** The parts of a file, before anything is made of them. */
export type FileParts =
  | (Common & { readonly container: "hdf5"; readonly root: H5Group })
  | (Common & { readonly container: "zip"; readonly entries: ReadonlyMap<string, Uint8Array> });

/**
 * Checks the digest, tells the container by its first bytes, and reads it.
 * @throws {FormatError} for damaged, edited and other files
 */
export async function readFileParts(bytes: Uint8Array, options: ReadOptions): Promise<FileParts> {
  const { file, budget = new Budget(bytes.length) } = options;
  if (bytes.length === 0) throw otherKind(file, "an empty file");
  const { body, trailer } = await splitTrailer(bytes);
  if (trailer === "damaged" && options.allowEdited !== true) throw damaged(file);
  if (isHdf5(body)) {
    const root = await readHdf5(body, budget);
    const group = root.groups.get("pawl");
    const state = group?.attrs.get("state");
    const tensors = group?.groups.get("tensors");
    const own: OwnState | null =
      typeof state === "string" ? { json: state, tensors: tensors === undefined ? [] : numbered(tensors) } : null;
    return hdf5Parts(root, ownState(own, trailer, options, budget), trailer === "intact", budget);
  }
  if (isZip(body)) {
    // With the trailer, which is the archive's comment.
    const entries = await readZip(bytes, budget);
    const own = ownState(ownInZip(entries, budget), trailer, options, budget);
    return zipParts(entries, own, trailer === "intact", file, budget);
  }
  throw otherKind(file, firstBytes(body));
}

function hdf5Parts(root: H5Group, own: LoadedOwnState | null, digest: boolean, budget: Budget): FileParts {
  const text = (name: string): string | null => {
    const value = root.attrs.get(name) ?? root.groups.get("model_weights")?.attrs.get(name);
    return typeof value === "string" ? value : null;
  };
  const pawl = own?.pawl ?? null;
  return {
    container: "hdf5",
    root,
    own,
    budget,
    origin: { container: "hdf5", digest, pawl, keras: text("keras_version"), backend: text("backend") },
  };
}

function zipParts(
  entries: ReadonlyMap<string, Uint8Array>,
  own: LoadedOwnState | null,
  digest: boolean,
  file: string,
  budget: Budget,
): FileParts {
  const text = entries.get("metadata.json");
  const metadata = text === undefined ? null : parseConfig(text, `metadata.json of "${file}"`, budget);
  const version = isConfig(metadata) ? metadata["keras_version"] : undefined;
  const keras = typeof version === "string" ? version : null;
  return {
    container: "zip",
    entries,
    own,
    budget,
    origin: { container: "zip", digest, pawl: own?.pawl ?? null, keras, backend: null },
  };
}

function ownInZip(entries: ReadonlyMap<string, Uint8Array>, budget: Budget): OwnState<Uint8Array> | null {
  const json = entries.get("pawl/state.json");
  if (json === undefined) return null;
  const tensors = [];
  for (let i = 0; ; i++) {
    const bytes = entries.get(`pawl/tensors/${i}.npy`);
    if (bytes === undefined) return { json, tensors };
    tensors.push(readNpy(bytes, budget));
  }
}

function ownState(
  own: OwnState<string | Uint8Array> | null,
  trailer: "intact" | "none" | "damaged",
  options: ReadOptions,
  budget: Budget,
): LoadedOwnState | null {
  if (own === null) return null;
  if (trailer === "intact") return decodeOwnState(own, options.file, budget);
  if (options.allowEdited !== true) throw edited(options.file);
  console.warn(
    `"${shown(options.file)}" was changed after Pawl wrote it: weights and optimizer were loaded, the training state was dropped.`,
  );
  return null;
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
const isHdf5 = (bytes: Uint8Array): boolean => startsWith(bytes, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);

function firstBytes(bytes: Uint8Array): string {
  const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${bytes.length} bytes that begin with ${hex.join(" ")}`;
}

export function otherKind(file: string, received: string): FormatError {
  return new FormatError({
    code: "file-kind",
    what: `"${file}" is not a file that Pawl or Keras writes`,
    received,
    expected: "a .keras archive (ZIP), or an HDF5 file (.h5, .hdf5, .weights.h5)",
    fix: "If it was copied or downloaded, it may be incomplete: fetch it again",
  });
}

export function damaged(file: string): FormatError {
  return new FormatError({
    code: "file-damaged",
    what: `"${file}" is not as Pawl wrote it: its digest does not match`,
    fix: "If a program changed it on purpose, load it with { allowEdited: true }; otherwise it is damaged: use an older one",
  });
}

export function edited(file: string): FormatError {
  return new FormatError({
    code: "file-edited",
    what: `"${file}" was changed after Pawl wrote it: the digest at its end is gone`,
    fix: "Load it with { allowEdited: true } to take weights and optimizer; the training state cannot be trusted any more",
  });
}
