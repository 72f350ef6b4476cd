/**
 * The file operations that Pawl needs, and all that it uses: a disk, a memory, a browser's private file system or a
 * faulty disk in a test look the same. Paths use "/" and are relative to nothing in particular.
 * Failures are errors with Node's `code` (ENOENT, ENOSPC, EACCES, …).
 */
export interface Vfs {
  readFile(path: string): Promise<Uint8Array>;
  /** Bytes `start … start + length - 1`; fewer at the end of the file. */
  readRange(path: string, start: number, length: number): Promise<Uint8Array>;
  /** Creates or replaces the file, not durable before {@link fsync}. */
  writeFile(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void>;
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
  /** Undefined when there is nothing at the path. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Creates the file only if it does not exist (EEXIST otherwise). Others may see it before all bytes are in it. */
  createExclusive(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Gives the file a second name, only if that name is free (EEXIST otherwise): whoever sees it sees all bytes. File
   * systems without hard links say EPERM, ENOTSUP or ENOSYS.
   */
  link(from: string, to: string): Promise<void>;
}

export interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}
