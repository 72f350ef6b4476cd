import { OptionError } from "../core/errors.js";
import { bool, type Fields, oneOf, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import { commitFile } from "../store/index.js";
import { exportOnnx, type Trainer } from "../training/index.js";

/** Options of `export`. */
export interface ExportOptions {
  /** "onnx": a function of inputs and weights that any ONNX runtime computes. Default "onnx". */
  readonly format?: "onnx";
  /** false: an existing file is an error. Default true. */
  readonly overwrite?: boolean;
}

const FIELDS: Fields<ExportOptions> = {
  format: oneOf(["onnx"], { default: "onnx" }),
  overwrite: bool(true),
};

/** @throws {OptionError} for wrong options, and a path that does not end in ".onnx" */
export async function exportModel(trainer: Trainer, path: FilePath, options: ExportOptions | undefined): Promise<void> {
  const where = `export of ${trainer.network.label}`;
  const file = pathOf(path, `${where}: path`);
  const { overwrite } = resolveOptions(where, FIELDS, options);
  if (!file.endsWith(".onnx")) throw notOnnx(where, file);
  await commitFile(nodeVfs(), file, await exportOnnx(trainer), { overwrite });
}

/** The error for an export to a name that does not say its format. */
function notOnnx(where: string, path: string): OptionError {
  return new OptionError({
    code: "file-ending",
    what: `${where} cannot be written to "${path}"`,
    expected: 'a name that ends in ".onnx"',
    fix: 'End the name in ".onnx"; models to train on are written by save',
    data: { path },
  });
}
