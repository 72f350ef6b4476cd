import { OptionError } from "../../core/errors.js";
import { bool, type Fields, ints, oneOf, resolveOptions } from "../../core/options.js";
import type { FilePath } from "../../core/path-of.js";
import { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { fileRecords } from "./file-records.js";
import { FOLDER, type FolderOptions } from "./folder-options.js";
import { CHANNELS, type ColorMode, imageDecoder } from "./image-decode.js";
import { cropBox, padded } from "./image-frame.js";
import { type Label, labelKind, labelledFiles, labelOf } from "./labelled-files.js";
import { interpolationField, type PixelInterpolation, type Pixels, resizePixels } from "./resize-pixels.js";
import { called, readWhole } from "./source-files.js";

/** Options of `data.imageFolder`. */
export interface ImageFolderOptions extends FolderOptions {
  /** Default "rgb": 3 channels; "grayscale": 1; "rgba": 4. */
  readonly colorMode?: ColorMode;
  /** [height, width], or one number for both. Default [256, 256]. */
  readonly imageSize?: number | readonly number[];
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation?: PixelInterpolation;
  /** Cut the sides off first that the new aspect ratio has no room for. Default false. */
  readonly cropToAspectRatio?: boolean;
  /** Put black borders around that the new aspect ratio has room for. Default false. */
  readonly padToAspectRatio?: boolean;
  /** Where the channels are. Default "channels_last". */
  readonly dataFormat?: "channels_last" | "channels_first";
}

/** A picture of a folder. */
export interface ImageRecord {
  readonly [field: string]: unknown;
  /** float32 of shape (height, width, channels), from 0 to 255. */
  readonly image: Tensor;
  /** Absent without labels. */
  readonly label?: Label;
}

export const IMAGE_FOLDER: Fields<ImageFolderOptions> = {
  ...FOLDER,
  colorMode: oneOf(["grayscale", "rgb", "rgba"], { default: "rgb" }),
  imageSize: { default: [256, 256], parse: ints(2, { min: 1 }).parse },
  interpolation: interpolationField,
  cropToAspectRatio: bool(false),
  padToAspectRatio: bool(false),
  dataFormat: oneOf(["channels_last", "channels_first"], { default: "channels_last" }),
};

/** Keras's, and WebP. */
const ENDINGS: readonly string[] = [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

/** Pictures of a folder, and what Keras tells of them. */
export interface OpenedFolder<R> {
  readonly source: RecordSource<R>;
  readonly classNames: readonly string[] | null;
  readonly filePaths: readonly string[];
}

/** @internal The pictures of a folder: see `data.imageFolder`. */
export async function openImageFolder(
  directory: FilePath,
  options: ImageFolderOptions | undefined,
  files: Vfs,
  owner = "data.imageFolder",
): Promise<OpenedFolder<ImageRecord>> {
  const resolved = resolveOptions(owner, IMAGE_FOLDER, options);
  const { colorMode, imageSize, interpolation, cropToAspectRatio, padToAspectRatio, dataFormat } = resolved;
  const [height, width] = imageSize as readonly [number, number];
  if (cropToAspectRatio && padToAspectRatio) throw bothRatios(owner);
  const found = await labelledFiles(directory, owner, resolved, ENDINGS, files);
  const decode = await imageDecoder(owner);
  const label = labelOf(found, resolved.labelMode);
  const channels = CHANNELS[colorMode];
  const fit = (pixels: Pixels): Float32Array => {
    if (padToAspectRatio) return padded(pixels, height, width, interpolation);
    return resizePixels(cropToAspectRatio ? cropBox(pixels, height, width) : pixels, height, width, interpolation);
  };
  const shape = dataFormat === "channels_last" ? [height, width, channels] : [channels, height, width];
  const source = fileRecords<ImageRecord>(
    found.files,
    { image: `float32 (${shape.join(", ")})`, ...(label && { label: labelKind(resolved.labelMode) }) },
    async (file, i) => {
      const { path } = file;
      const pixels = await decode(await readWhole(files, file), { where: `"${path}"`, data: { path } }, colorMode);
      const data = dataFormat === "channels_last" ? fit(pixels) : channelsFirst(fit(pixels), channels);
      const image = new Tensor(data, shape);
      return label === null ? { image } : { image, label: label(i) };
    },
    files,
  );
  return { source, classNames: found.classNames, filePaths: found.files.map(({ path }) => path) };
}

function channelsFirst(data: Float32Array, channels: number): Float32Array {
  const plane = data.length / channels;
  const out = new Float32Array(data.length);
  for (let c = 0; c < channels; c++) for (let i = 0; i < plane; i++) out[c * plane + i] = data[i * channels + c]!;
  return out;
}

function bothRatios(owner: string): OptionError {
  return new OptionError({
    code: "aspect-ratio",
    what: `${owner} cannot both crop and pad pictures to the new aspect ratio`,
    received: "cropToAspectRatio: true, padToAspectRatio: true",
    fix: "Set one of them",
  });
}

/**
 * Pictures of a folder, `{ image, label }`: one record a file, decoded when it is asked for. Folders in the directory are
 * the classes, as in Keras; files are taken in the order of their paths, or mixed by `seed`. PNG files have Keras's pixels;
 * those of JPEG files differ by what decoders differ in. PNG, JPEG, WebP, GIF (its first picture) and BMP are read
 * with the package sharp, which you add: `npm install sharp`.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {StateError} without the package sharp
 * @throws {FormatError} without such files; when records are read, for those that are damaged
 * @example const flowers = await data.imageFolder("flowers", { imageSize: [64, 64] });
 */
export async function imageFolder(directory: FilePath, options?: ImageFolderOptions): Promise<Records<ImageRecord>> {
  return Records.from((await openImageFolder(directory, options, nodeVfs())).source, called("imageFolder", directory));
}
