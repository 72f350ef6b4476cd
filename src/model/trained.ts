import { OptionError } from "../core/errors.js";
import { isPlainObject } from "../core/value-text.js";
import { nodeVfs } from "../core/vfs-node.js";
import { describeModel, MODEL_ENCODERS } from "../saving/index.js";
import { ThreadWriter } from "../store/index.js";
import type { Services } from "../training/index.js";
import { fileSaver } from "./file-saver.js";

/** The writer of all trainings in the process. */
const writer = new ThreadWriter(writerProgram, MODEL_ENCODERS);

/** Loaded only when the first file is written, for it is large. */
async function writerProgram(): Promise<string | null> {
  return (await import("../saving/writer-program.js")).WRITER_PROGRAM;
}

/** The disk, and the writer of files to it. */
export function services(): Services {
  return { files: nodeVfs(), saver: fileSaver(writer), writer, describe: describeModel };
}

/**
 * The arguments of `fit` and `evaluate`: for data with its own targets, and for a step that needs none, options are the
 * second one.
 * @param batches whether the data comes in batches
 * @param known names of options, for a model whose own step may do without targets
 */
export function withOptions<Y, O>(
  batches: boolean,
  y: Y | O | undefined,
  options: O | undefined,
  known: readonly string[] | null = null,
): { y: Y | undefined; options: O | undefined } {
  if (options === undefined && known !== null && isPlainObject(y)) {
    const keys = Object.keys(y);
    if (keys.length > 0 && keys.every((key) => known.includes(key))) return { y: undefined, options: y as O };
  }
  if (!batches || options !== undefined || y === undefined || y === null) return { y: y as Y, options };
  const isData = typeof y === "object" && (!isPlainObject(y) || ("data" in y && "shape" in y));
  if (isData) {
    throw new OptionError({
      code: "batches-with-arrays",
      what: "y cannot be given beside data that comes in batches",
      fix: "Yield [x, y] from the data",
    });
  }
  return { y: undefined, options: y as O };
}
