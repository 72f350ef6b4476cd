import { StateError } from "../../core/errors.js";
import { resolveOptions } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { type ArrowFile, type ArrowPackage, arrowRows, openArrowFile } from "./arrow-file.js";
import { called, type FilePaths, sourceFiles } from "./source-files.js";
import type { TableColumn } from "./table-columns.js";
import { TABLE, type TableOptions, tableSource } from "./table-source.js";

/** The rows of Arrow files: see `data.arrow`. */
export async function openArrow(
  paths: FilePaths,
  options: TableOptions | undefined,
  files: Vfs,
): Promise<RecordSource> {
  const resolved = resolveOptions("data.arrow", TABLE, options);
  const list = await sourceFiles(paths, "data.arrow", files);
  const { arrow, decodeFooter } = await load();
  const opened: ArrowFile[] = [];
  for (const file of list) opened.push(await openArrowFile({ arrow, decodeFooter }, file, resolved.columns, files));
  const rows = (file: ArrowFile, columns: readonly TableColumn[]) => arrowRows(arrow, file, columns, files);
  return tableSource("data.arrow", opened, resolved, rows, files);
}

/** The package apache-arrow, which is the user's to add. Bundlers pass over a missing one where it is awaited in a `try`. */
async function load(): Promise<ArrowPackage> {
  try {
    const arrow = await import("apache-arrow");
    const { Footer } = await import("apache-arrow/ipc/metadata/file");
    return { arrow, decodeFooter: (bytes) => Footer.decode(bytes).schema };
  } catch (cause) {
    throw new StateError({
      code: "missing-package",
      what: "data.arrow reads files with the package apache-arrow, which cannot be loaded",
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "apache-arrow 21",
      fix: "Run npm install apache-arrow",
      cause,
    });
  }
}

/**
 * The rows of Arrow files (IPC, also called Feather 2; streams that were written to files too), one record a row: a record
 * batch is the least that is read at once. Values are as in `data.parquet`. Files must be uncompressed, and the package
 * apache-arrow installed.
 * @param paths a file, several of the same columns, or a pattern such as "data/train-*.arrow"
 * @throws {OptionError} for options that are none
 * @throws {StateError} without the package
 * @throws {FormatError} for missing files and columns, and files that are none; when records are read, for those that are
 * damaged
 * @example const rides = await data.arrow("rides/*.arrow", { columns: ["distance", "hour", "fare"] });
 */
export async function arrow(paths: FilePaths, options?: TableOptions): Promise<Records> {
  return Records.from(await openArrow(paths, options, nodeVfs()), called("arrow", paths));
}
