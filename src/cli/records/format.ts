import type { RecordReader } from "../../store/record/index.js";

/** A run whose record is exported. */
export interface ExportedRun {
  /** Its folder, as it was named. */
  readonly path: string;
  readonly record: RecordReader;
  /** Whether points of batches are wanted, not those of epochs, where a format has only one of both. */
  readonly batches: boolean;
}

/** A file that an export makes, in pieces, so that a long record is never held twice. */
export interface ExportedFile {
  /** Its name, below the folder of a format that makes a folder; others have one file, whose name is given. */
  readonly name: string;
  readonly pieces: Iterable<Uint8Array>;
}

/** A format to which records are exported. */
export interface ExportFormat {
  /** What it is, for --help. */
  readonly about: string;
  /** A file, on standard output where none is named, or a folder, which must be named. */
  readonly into: "file" | "folder";
  /** Loads the code that makes the files. */
  readonly load: () => Promise<(run: ExportedRun) => Promise<readonly ExportedFile[]> | readonly ExportedFile[]>;
}

/** Text in pieces of some thousand lines. */
export function* piecesOf(lines: Iterable<string>): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  let some: string[] = [];
  for (const line of lines) {
    some.push(line);
    if (some.length < 4096) continue;
    yield encoder.encode(`${some.join("\n")}\n`);
    some = [];
  }
  if (some.length > 0) yield encoder.encode(`${some.join("\n")}\n`);
}
