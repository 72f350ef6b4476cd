/**
 * The file operations that Pawl uses, and no others: a disk, memory, a browser's private file system or a faulty disk
 * in a test look the same. Paths use "/" and are not relative to any particular folder.
 * Failures are errors with Node's `code` (ENOENT, ENOSPC, EACCES, …). Anything but a plain file (a pipe, a socket, a
 * device) is never waited for: ENXIO. Files are read through links; nothing is ever written through one.
 */
export interface Vfs {
  readFile(path: string): Promise<Uint8Array>;
  /** Bytes `start … start + length - 1`; fewer at the end of the file. */
  readRange(path: string, start: number, length: number): Promise<Uint8Array>;
  /** The same for a file that is read again and again: it may stay open for a while. Default: {@link readRange}. */
  readHeld?(path: string, start: number, length: number): Promise<Uint8Array>;
  /** Several ranges of one file, given by start and length, which is opened once. Default: {@link readRange} for each. */
  readRanges?(path: string, ranges: readonly (readonly [start: number, length: number])[]): Promise<Uint8Array[]>;
  /**
   * The size of a file, and ranges of it that the size decides: for looks at very many files, with little more than the
   * calls of the system. Default: {@link stat} and {@link readRange}.
   */
  sample?(
    path: string,
    ranges: (size: number) => readonly (readonly [start: number, length: number])[],
  ): Promise<FileSample>;
  /** Creates the file or replaces its contents; not durable before {@link fsync}. A link is replaced by a file. */
  writeFile(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void>;
  /** Appends to the file, or creates it. A link is replaced by a file. */
  appendFile(path: string, bytes: Uint8Array): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  /** Forces the file's bytes to the disk. */
  fsync(path: string): Promise<void>;
  /** Forces the folder's entries to the disk (nothing on Windows). */
  fsyncFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Names in the folder, sorted. */
  list(path: string): Promise<string[]>;
  /** Undefined when nothing is at the path. */
  stat(path: string): Promise<FileStat | undefined>;
  /** {@link list} of thousands of folders at once; null for what cannot be listed. Default: one after the other. */
  listAll?(paths: readonly string[]): Promise<(string[] | null)[]>;
  /** {@link stat} of thousands of paths at once; undefined also for what cannot be looked at. Default: as above. */
  statAll?(paths: readonly string[]): Promise<(FileStat | undefined)[]>;
  /**
   * Creates the file only if nothing is at the path, not even a link (EEXIST otherwise). Others may see it before all
   * bytes are in it.
   * @param mode permissions; default those of any new file
   */
  createExclusive(path: string, bytes: Uint8Array | readonly Uint8Array[], mode?: number): Promise<void>;
  /**
   * Gives the file a second name, only if that name is free (EEXIST otherwise); others see it with all its bytes. File
   * systems without hard links fail with EPERM, ENOTSUP or ENOSYS.
   */
  link(from: string, to: string): Promise<void>;
}

/** What {@link Vfs.sample} gives. */
export interface FileSample {
  readonly size: number;
  /** The ranges, each shorter where the file ends before. */
  readonly parts: readonly Uint8Array[];
}

export interface FileStat {
  /** "other" is a pipe, a socket or a device. For a link, the type of its target. */
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Identifies the entry on this machine whatever its path: distinguishes a moved folder from its copy. */
  readonly place?: string;
  /** Permissions, if there are any, e.g. 0o644. */
  readonly mode?: number;
}
