/** A file in a zip archive. */
export interface ZipEntry {
  /** Path with "/" between the parts. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
