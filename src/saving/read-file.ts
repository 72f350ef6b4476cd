import { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { shown } from "../core/shown.js";
import { splitTrailer } from "../formats/trailer.js";
import type { Contents, StoredTensors } from "./containers/container.js";
import { CONTAINERS } from "./containers/index.js";
import { decodeOwnState, type LoadedOwnState, type OwnState } from "./own-state.js";
import type { LoadedWeights, Origin } from "./types.js";

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

/** A file that was opened, before anything is made of it. */
export interface OpenedFile {
  readonly contents: Contents;
  readonly own: LoadedOwnState | null;
  readonly origin: Origin;
  /** What reading the file has left. */
  readonly budget: Budget;
}

/**
 * Checks the digest, tells the container by its first bytes, and opens it.
 * @throws {FormatError} for damaged, edited and other files
 */
export async function openFile(bytes: Uint8Array, options: ReadOptions): Promise<OpenedFile> {
  const { file, budget = new Budget(bytes.length) } = options;
  if (bytes.length === 0) throw otherKind(file, "an empty file");
  const { body, trailer } = await splitTrailer(bytes);
  if (trailer === "damaged" && options.allowEdited !== true) throw damaged(file);
  const container = CONTAINERS.find(({ magic }) =>
    magic.every((byte, i) => i < body.length && (byte ?? body[i]) === body[i]),
  );
  if (container === undefined) throw otherKind(file, firstBytes(body));
  const contents = await container.open({ whole: bytes, body }, file, budget);
  const own = ownState(contents.own, trailer, options, budget);
  const { title, hasChecksums } = container;
  const { keras, backend } = contents;
  const pawl = own?.pawl ?? null;
  return {
    contents,
    own,
    budget,
    origin: { format: title, hasChecksums, digest: trailer === "intact", pawl, keras, backend },
  };
}

/** Tensors of a file with what it says of their training. */
export function loadedFrom({ own, origin }: OpenedFile, stored: StoredTensors, file: string): LoadedWeights {
  return {
    file,
    origin,
    weights: stored.weights,
    optimizer: own?.optimizer ?? stored.optimizer,
    several: own?.several ?? null,
    trained: own?.trained ?? null,
    frozen: own?.frozen ?? null,
    learned: stored.learned ?? new Map(),
    state: own?.state ?? null,
  };
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

function firstBytes(bytes: Uint8Array): string {
  const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${bytes.length} bytes that begin with ${hex.join(" ")}`;
}

export function otherKind(file: string, received: string): FormatError {
  return new FormatError({
    code: "file-kind",
    what: `"${file}" is not a file that Pawl or Keras writes`,
    received,
    expected: CONTAINERS.map(({ files }) => files).join(", or "),
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
