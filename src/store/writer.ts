import type { Vfs } from "../core/vfs.js";
import { commitFile } from "./commit.js";
import { type Encoded, encodeStaged } from "./encode-staged.js";

/** A file to be written durably. What `payload` is, `kind` says; threads share its memory, so it must not change. */
export interface WriteJob {
  readonly path: string;
  /** False: a file that is there already is an error. */
  readonly overwrite: boolean;
  /** Name of the encoder that makes the file's bytes. */
  readonly kind: string;
  readonly payload: unknown;
}

/** What came of a job. */
export interface Written {
  readonly bytes: number;
  /** Milliseconds that encoding and writing took. */
  readonly milliseconds: number;
  /** Whether all weights are finite numbers; true where the encoder does not look. */
  readonly finite: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each kind has a payload of its own, known to whoever makes the jobs
export type Encoders = Readonly<Record<string, (payload: any) => Promise<Encoded>>>;

/** Writes files one after the other: here, or in a thread of its own. */
export interface Writer {
  /** Loads what {@link write} needs, so that it takes jobs at once. */
  prepare(): Promise<void>;
  /**
   * Resolves when the file is durable.
   * @throws {StateError} when it could not be written
   */
  write(job: WriteJob): Promise<Written>;
}

/** Encoders that every writer has. */
const OWN: Encoders = { checkpoint: encodeStaged };

/** Encodes and writes where it is called, between the steps of whatever else runs there. */
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
  const { parts, finite = true } = await encoders[kind]!(payload);
  await commitFile(vfs, path, parts, { overwrite });
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return { bytes, milliseconds: performance.now() - start, finite };
}
