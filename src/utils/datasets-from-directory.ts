import { type Fields, int, oneOf, resolveOptions } from "../core/options.js";
import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import {
  type AudioFolderOptions,
  type Batches,
  type ImageFolderOptions,
  type OpenedFolder,
  Records,
  type TextFolderOptions,
} from "../data/index.js";
import { AUDIO_FOLDER, openAudioFolder } from "../data/sources/audio-folder.js";
import { IMAGE_FOLDER, openImageFolder } from "../data/sources/image-folder.js";
import { openTextFolder, TEXT_FOLDER } from "../data/sources/text-folder.js";

/** What the datasets of folders have beside the options of the folder. */
export interface FolderBatchOptions {
  /** Default 32. */
  readonly batchSize?: number;
  /** Which part is wanted when the files are split; "both": a pair. Default null. */
  readonly subset?: "training" | "validation" | "both" | null;
}

/** Options of `imageDatasetFromDirectory`. */
export interface ImageDatasetOptions extends Omit<ImageFolderOptions, "subset">, FolderBatchOptions {}
/** Options of `textDatasetFromDirectory`. */
export interface TextDatasetOptions extends Omit<TextFolderOptions, "subset">, FolderBatchOptions {}
/** Options of `audioDatasetFromDirectory`. */
export interface AudioDatasetOptions extends Omit<AudioFolderOptions, "subset">, FolderBatchOptions {}

/** Batches of a folder, which `fit`, `evaluate` and `predict` take. */
export type FolderBatches = Batches & {
  /** Names of the classes, in the order of their numbers; null without labels. */
  readonly classNames: readonly string[] | null;
  readonly filePaths: readonly string[];
};

const BATCHES: Fields<FolderBatchOptions> = {
  batchSize: int({ min: 1 }, { default: 32 }),
  subset: {
    default: null,
    parse: (value, where) => (value === null ? null : oneOf(["training", "validation", "both"]).parse(value, where)),
  },
};

type Open = (options: object) => Promise<OpenedFolder<object>>;

async function dataset(
  owner: string,
  folder: Fields<object>,
  field: string,
  given: object | undefined,
  open: Open,
): Promise<FolderBatches | [FolderBatches, FolderBatches]> {
  const fields = { ...folder, ...BATCHES } as Fields<FolderBatchOptions & { readonly shuffle?: boolean }>;
  const resolved = resolveOptions(owner, fields, given) as FolderBatchOptions & {
    readonly shuffle: boolean;
    readonly seed: number | null;
  };
  const { batchSize, subset, shuffle, seed } = resolved;
  const { batchSize: _, ...options } = given as FolderBatchOptions;
  const batches = async (part: FolderBatchOptions["subset"], isMixed: boolean): Promise<FolderBatches> => {
    const { source, classNames, filePaths } = await open({ ...options, ...(part == null ? {} : { subset: part }) });
    const records = Records.from(source, owner);
    const mixed = isMixed ? records.shuffle({ seed }) : records;
    return Object.assign(mixed.batch(batchSize!, { x: field, y: classNames === null ? null : "label" }), {
      classNames,
      filePaths,
    });
  };
  if (subset !== "both") return batches(subset, shuffle);
  return [await batches("training", shuffle), await batches("validation", false)];
}

/**
 * Batches of pictures of a folder, one class a folder in it, as in Keras: images float32 of shape (batch, height, width,
 * channels) from 0 to 255, and labels. The same seed holds back the same files as in Keras; the order of batches is Pawl's.
 * Needs the package sharp. `data.imageFolder` gives the pictures one by one, to be prepared with `map` first.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {StateError} without the package sharp
 * @throws {FormatError} without such files
 * @example
 * const [training, validation] = await utils.imageDatasetFromDirectory("flowers", {
 *   imageSize: [64, 64], validationSplit: 0.2, subset: "both", seed: 1,
 * });
 */
export function imageDatasetFromDirectory(
  directory: FilePath,
  options: ImageDatasetOptions & { readonly subset: "both" },
): Promise<[FolderBatches, FolderBatches]>;
export function imageDatasetFromDirectory(directory: FilePath, options?: ImageDatasetOptions): Promise<FolderBatches>;
export function imageDatasetFromDirectory(
  directory: FilePath,
  options?: ImageDatasetOptions,
): Promise<FolderBatches | [FolderBatches, FolderBatches]> {
  const owner = "imageDatasetFromDirectory";
  return dataset(owner, IMAGE_FOLDER, "image", options, (given) => openImageFolder(directory, given, nodeVfs(), owner));
}

/**
 * Batches of texts of a folder, one class a folder in it, as in Keras: strings of shape (batch), and labels. The same seed
 * holds back the same files as in Keras; the order of batches is Pawl's.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {FormatError} without `.txt` files
 */
export function textDatasetFromDirectory(
  directory: FilePath,
  options: TextDatasetOptions & { readonly subset: "both" },
): Promise<[FolderBatches, FolderBatches]>;
export function textDatasetFromDirectory(directory: FilePath, options?: TextDatasetOptions): Promise<FolderBatches>;
export function textDatasetFromDirectory(
  directory: FilePath,
  options?: TextDatasetOptions,
): Promise<FolderBatches | [FolderBatches, FolderBatches]> {
  const owner = "textDatasetFromDirectory";
  return dataset(owner, TEXT_FOLDER, "text", options, (given) => openTextFolder(directory, given, nodeVfs(), owner));
}

/**
 * Batches of sounds of a folder of `.wav` files, one class a folder in it, as in Keras: float32 of shape (batch, samples,
 * channels) from -1 to 1, and labels. Sounds of different lengths need `outputSequenceLength`. The same seed holds back the
 * same files as in Keras; the order of batches is Pawl's.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {FormatError} without such files
 */
export function audioDatasetFromDirectory(
  directory: FilePath,
  options: AudioDatasetOptions & { readonly subset: "both" },
): Promise<[FolderBatches, FolderBatches]>;
export function audioDatasetFromDirectory(directory: FilePath, options?: AudioDatasetOptions): Promise<FolderBatches>;
export function audioDatasetFromDirectory(
  directory: FilePath,
  options?: AudioDatasetOptions,
): Promise<FolderBatches | [FolderBatches, FolderBatches]> {
  const owner = "audioDatasetFromDirectory";
  return dataset(owner, AUDIO_FOLDER, "audio", options, (given) => openAudioFolder(directory, given, nodeVfs(), owner));
}
