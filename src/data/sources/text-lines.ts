import { bool, type Fields, oneOf, resolveOptions } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { blockedSource } from "./blocked-source.js";
import { indexText, textRecords } from "./indexed-text.js";
import { called, type FilePaths, sourceFiles } from "./source-files.js";
import { decoded, ENCODINGS, notEncoded, type TextEncoding } from "./text-encoding.js";

/** Options of `data.textLines`. */
export interface TextLinesOptions {
  /** How the text is stored. Default "utf-8". */
  readonly encoding?: TextEncoding;
  /** Whether lines without anything are left out. Default false. */
  readonly skipBlank?: boolean;
}

/** A line of a text, without its line break. */
export interface TextLine {
  readonly text: string;
}

export const TEXT_LINES: Fields<TextLinesOptions> = {
  encoding: oneOf(ENCODINGS, { default: "utf-8" }),
  skipBlank: bool(false),
};

/** The lines of text files: see `data.textLines`. */
export async function openTextLines(
  paths: FilePaths,
  options: TextLinesOptions | undefined,
  files: Vfs,
): Promise<RecordSource<TextLine>> {
  const { encoding, skipBlank } = resolveOptions("data.textLines", TEXT_LINES, options);
  const list = await sourceFiles(paths, "data.textLines", files);
  const rules = { quote: null, delimiter: 0, skipBlank, encoding, header: false };
  const parts = [];
  for (const file of list) {
    const indexed = await indexText(file, rules, files);
    parts.push(
      textRecords<TextLine>(indexed, ({ bytes, records }) =>
        records().map(({ start, end, line }) => {
          const text = decoded(bytes.subarray(start, end), encoding);
          const { path } = file;
          return text === null ? notEncoded(`"${path}", line ${line}`, encoding, { path, line }) : { text };
        }),
      ),
    );
  }
  return blockedSource(parts, { text: "string" }, files);
}

/**
 * The lines of text files, `{ text }`, read block by block, so that files can be larger than memory.
 * @param paths a file, several, or a pattern such as "books/*.txt"
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing files; when records are read, for bytes that are no text in the encoding
 * @example const lines = await data.textLines("corpus.txt", { skipBlank: true });
 */
export async function textLines(paths: FilePaths, options?: TextLinesOptions): Promise<Records<TextLine>> {
  return Records.from(await openTextLines(paths, options, nodeVfs()), called("textLines", paths));
}
