import type { Vfs } from "../core/vfs.js";
import { commitFile } from "./commit.js";
import { type Encoded, encodeStaged } from "./encode-staged.js";

/**
 * A file to be written durably. `kind` determines the type of `payload`; threads share its memory, so it must not
 * change.
 */
export interface WriteJob {
  readonly path: string;
  /** False: an existing file is an error. */
  readonly overwrite: boolean;
  /** Name of the encoder that makes the file's bytes. */
  readonly kind: string;
  readonly payload: unknown;
}

/** The report of a job. */
export interface Written {
  readonly bytes: number;
  /** Milliseconds that encoding and writing took. */
  readonly milliseconds: number;
  /** Whether all weights are finite; true where the encoder does not check. */
  readonly finite: boolean;
  /** Digest of a checkpoint's state; empty for other files. */
  readonly state: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each kind has a payload of its own, known to whoever makes the jobs
export type Encoders = Readonly<Record<string, (payload: any) => Promise<Encoded>>>;

/** Writes files in order: here, or in its own thread. */
export interface Writer {
  /** Loads what {@link write} needs, so that jobs can start at once. */
  prepare(): Promise<void>;
  /**
   * Resolves when the file is durable.
   * @throws {StateError} when it could not be written
   */
  write(job: WriteJob): Promise<Written>;
}

/** Encoders that every writer has. */
const OWN: Encoders = { checkpoint: encodeStaged };

/** Encodes and writes on the calling thread. */
export function inPlaceWriter(vfs: Vfs, encoders: Encoders = {}): Writer {
  const all: Encoders = { ...OWN, ...encoders };
  let last: Promise<unknown> = Promise.resolve();
  return {
    prepare: async () => undefined,
    write(job) {
      const written = last.then(() => perform(vfs, all, job));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

async function perform(vfs: Vfs, encoders: Encoders, { path, overwrite, kind, payload }: WriteJob): Promise<Written> {
  const start = performance.now();
  const { parts, finite = true, state = "" } = await encoders[kind]!(payload);
  await commitFile(vfs, path, parts, { overwrite });
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return { bytes, milliseconds: performance.now() - start, finite, state };
}
