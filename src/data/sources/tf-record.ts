import { FormatError, OptionError, PawlError } from "../../core/errors.js";
import { type Fields, int, nullable, oneOf, type Resolved, resolveOptions } from "../../core/options.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { ReadBytes } from "../../formats/index.js";
import { Records } from "../records/records.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { type BlockedFile, blockedSource } from "./blocked-source.js";
import { called, type FilePaths, readBytes, type SourceFile, sourceFiles } from "./source-files.js";
import { type MakeReader, readExample, type TfExample, type TfValues, wireReader } from "./tf-example.js";
import { featureKind, featuresField, type ResolvedFeature, resolveFeature, type TfFeature } from "./tf-features.js";
import { framesOf, indexFrames } from "./tf-frames.js";
import { featureValue, stepsOf } from "./tf-values.js";
import { unzipped } from "./unzipped.js";

/** Options of `data.tfRecord`. */
export interface TfRecordOptions {
  /** The features to take of each example, by their names. Default null: none, with an error that lists those that are there. */
  readonly features?: Readonly<Record<string, TfFeature>> | null;
  /**
   * The feature lists to take of each tf.train.SequenceExample, with the shape of one step: they become Tensors whose first
   * axis are the steps. Default null: none.
   */
  readonly sequenceFeatures?: Readonly<Record<string, TfFeature>> | null;
  /** How the files were compressed, as TensorFlow's option of this name. Default null: not at all. */
  readonly compressionType?: "GZIP" | "ZLIB" | null;
  /** Bytes that a compressed file may have unpacked. Default 1 GiB. */
  readonly memoryLimit?: number;
}

const OWNER = "data.tfRecord";

const FIELDS: Fields<TfRecordOptions> = {
  features: featuresField(false),
  sequenceFeatures: featuresField(true),
  compressionType: nullable(oneOf(["GZIP", "ZLIB"])),
  memoryLimit: int({ min: 1 }, { default: 2 ** 30 }),
};

/** The features that records are made of. */
interface Wanted {
  readonly features: readonly (readonly [string, ResolvedFeature])[];
  readonly lists: readonly (readonly [string, ResolvedFeature])[];
}

/** The examples of TFRecord files: see `data.tfRecord`. */
export async function openTfRecord(
  paths: FilePaths,
  options: TfRecordOptions | undefined,
  files: Vfs,
): Promise<RecordSource> {
  const resolved = resolveOptions(OWNER, FIELDS, options);
  const wanted: Wanted = {
    features: resolvedFeatures("features", resolved.features),
    lists: resolvedFeatures("sequenceFeatures", resolved.sequenceFeatures),
  };
  const list = await sourceFiles(paths, OWNER, files);
  const make = await wireReader();
  const isEmpty = wanted.features.length + wanted.lists.length === 0;
  const parts: BlockedFile<DataRecord>[] = [];
  for (const file of list) {
    const records = await openFrames(file, resolved, files);
    if (isEmpty && records.length > 0) throw noFeatures(file.path, await records.read(0), make);
    const { length, blocks, read } = records;
    parts.push({
      file,
      length,
      blocks,
      read: async (block) => {
        const frames = await read(block);
        return frames.map((frame, i) => recordOf(frame, wanted, file.path, blocks[block]! + i, make));
      },
    });
  }
  const fields = [
    ...wanted.features.map(([name, feature]) => [name, featureKind(feature)]),
    ...wanted.lists.map(([name, feature]) => [name, featureKind(feature, true)]),
  ];
  return blockedSource(parts, Object.fromEntries(fields), files);
}

const resolvedFeatures = (option: string, given: Resolved<TfRecordOptions>["features"]) =>
  Object.entries(given ?? {}).map(([name, one]) => [name, resolveFeature(`${OWNER}.${option}.${name}`, one)] as const);

/** The bytes of the examples of a file. */
interface Frames {
  readonly length: number;
  readonly blocks: readonly number[];
  read(block: number): Promise<readonly (Uint8Array | FormatError)[]>;
}

async function openFrames(
  file: SourceFile,
  { compressionType, memoryLimit }: Resolved<TfRecordOptions>,
  files: Vfs,
): Promise<Frames> {
  const { path, size } = file;
  if (compressionType === null) {
    const read: ReadBytes = (start, end) => readBytes(files, file, start, end);
    const { length, blocks, offsets } = await indexFrames(read, size, path);
    return {
      length,
      blocks,
      read: async (block) => framesOf(await read(offsets[block]!, offsets[block + 1]!), path, blocks[block]!),
    };
  }
  // Nothing in it is reached but from its begin: one block, which is kept no longer than a block is.
  const format = compressionType === "GZIP" ? "gzip" : "deflate";
  const unpack = () => unzipped(file, format, memoryLimit, files);
  const bytes = await unpack();
  const { length } = await indexFrames(async (start, end) => bytes.subarray(start, end), bytes.length, path);
  return { length, blocks: length === 0 ? [] : [0], read: async () => framesOf(await unpack(), path, 0) };
}

function recordOf(
  frame: Uint8Array | FormatError,
  { features, lists }: Wanted,
  path: string,
  record: number,
  make: MakeReader,
): DataRecord | PawlError {
  if (frame instanceof FormatError) return frame;
  try {
    const example = parsed(frame, path, record, make);
    const out: Record<string, unknown> = {};
    for (const [field, feature] of features) {
      out[field] = featureValue(feature, example.features.get(field), { path, record, field });
    }
    for (const [field, feature] of lists) {
      out[field] = stepsOf(feature, example.lists.get(field) ?? [], { path, record, field });
    }
    return out;
  } catch (error) {
    if (error instanceof PawlError) return error;
    throw error;
  }
}

function parsed(frame: Uint8Array, path: string, record: number, make: MakeReader): TfExample {
  try {
    return readExample(frame, make);
  } catch (cause) {
    throw new FormatError({
      code: "tfrecord-example",
      what: `"${path}": record ${record} is no tf.train.Example`,
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "an Example or SequenceExample, as tf.train serializes it",
      fix: "Records of other kinds are read by a source of your own: data.Records.from",
      data: { path, record },
      cause,
    });
  }
}

function noFeatures(path: string, frames: readonly (Uint8Array | FormatError)[], make: MakeReader): PawlError {
  const [first] = frames;
  if (first === undefined || first instanceof FormatError) return first!;
  const { features, lists } = parsed(first, path, 0, make);
  const said = [
    ...[...features].map(([name, values]) => `"${name}", ${countOf(values)}`),
    ...[...lists].map(
      ([name, steps]) => `list "${name}", ${steps.length} steps of ${steps[0] ? countOf(steps[0]) : "?"}`,
    ),
  ];
  return new OptionError({
    code: "tfrecord-features",
    what: `${OWNER} needs to know which features to take`,
    received: `none; the first example of "${path}" has ${said.join("; ") || "none either"}`,
    expected: 'features, e.g. { image: { dtype: "bytes" }, label: { dtype: "int64" } }',
    fix: "Name those that are wanted",
    data: { path },
  });
}

const countOf = ({ kind, values }: TfValues): string => `${values.length} of ${kind}`;

/**
 * Records of TFRecord files, as TensorFlow writes them: the `features` named, of the tf.train.Example or SequenceExample in
 * each. One value is a number, a string or a Uint8Array; several are a Tensor of float32, int32, int64 or string, or a list of
 * Uint8Array. An int64 alone is a number, and an error beyond 2^53. The checksums of TFRecord are verified: of lengths when
 * the file is opened, of a record when it is read. Files are looked through once, when they are opened; then any block of some
 * 64 KB is read alone. Compressed files have no places: each is one block, unpacked into memory whenever one of its records
 * is needed, and shuffled as one; unpack them to disk to spare that. Pictures are decoded in `map`, by `data.decodeImage`.
 * @param paths a file, several, or a pattern such as "data/train-*.tfrecord"
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing and damaged files; when records are read, for examples that are damaged or lack a feature
 * @example
 * const digits = await data.tfRecord("train-*.tfrecord", {
 *   features: { image: { dtype: "bytes" }, label: { dtype: "int64" } },
 * });
 */
export async function tfRecord(paths: FilePaths, options?: TfRecordOptions): Promise<Records> {
  return Records.from(await openTfRecord(paths, options, nodeVfs()), called("tfRecord", paths));
}
