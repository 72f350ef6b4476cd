import { type Fields, int, nullable, resolveOptions } from "../../core/options.js";
import type { FilePath } from "../../core/path-of.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import { fileRecords } from "./file-records.js";
import { FOLDER, type FolderOptions } from "./folder-options.js";
import type { OpenedFolder } from "./image-folder.js";
import { type Label, labelKind, labelledFiles, labelOf } from "./labelled-files.js";
import { called, readWhole } from "./source-files.js";
import { decoded, notEncoded } from "./text-encoding.js";

/** Options of `data.textFolder`. */
export interface TextFolderOptions extends FolderOptions {
  /** Characters that are kept of each text, from its beginning. Default null: all. */
  readonly maxLength?: number | null;
}

/** A text of a folder. */
export interface TextRecord {
  readonly [field: string]: unknown;
  readonly text: string;
  /** Absent without labels. */
  readonly label?: Label;
}

export const TEXT_FOLDER: Fields<TextFolderOptions> = { ...FOLDER, maxLength: nullable(int({ min: 1 })) };

/** @internal The texts of a folder: see `data.textFolder`. */
export async function openTextFolder(
  directory: FilePath,
  options: TextFolderOptions | undefined,
  files: Vfs,
  owner = "data.textFolder",
): Promise<OpenedFolder<TextRecord>> {
  const resolved = resolveOptions(owner, TEXT_FOLDER, options);
  const { maxLength, labelMode } = resolved;
  const found = await labelledFiles(directory, owner, resolved, [".txt"], files);
  const label = labelOf(found, labelMode);
  const source = fileRecords<TextRecord>(
    found.files,
    { text: "string", ...(label && { label: labelKind(labelMode) }) },
    async (file, i) => {
      const { path } = file;
      const whole = decoded(await readWhole(files, file), "utf-8");
      if (whole === null) throw notEncoded(`"${path}"`, "utf-8", { path });
      const text = maxLength === null ? whole : firstOf(whole, maxLength);
      return label === null ? { text } : { text, label: label(i) };
    },
    files,
  );
  return { source, classNames: found.classNames, filePaths: found.files.map(({ path }) => path) };
}

/** No character is cut in two. */
function firstOf(text: string, length: number): string {
  return text.length <= length
    ? text
    : Array.from(text.slice(0, 2 * length))
        .slice(0, length)
        .join("");
}

/**
 * Texts of a folder, `{ text, label }`: one record a `.txt` file in UTF-8. Folders in the directory are the classes, as in
 * Keras; files are taken in the order of their paths, or mixed by `seed`.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {FormatError} without such files; when records are read, for those that are no text
 * @example const reviews = await data.textFolder("aclImdb/train", { classNames: ["neg", "pos"] });
 */
export async function textFolder(directory: FilePath, options?: TextFolderOptions): Promise<Records<TextRecord>> {
  return Records.from((await openTextFolder(directory, options, nodeVfs())).source, called("textFolder", directory));
}
