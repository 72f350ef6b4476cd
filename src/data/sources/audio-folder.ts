import { FormatError } from "../../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../../core/options.js";
import type { FilePath } from "../../core/path-of.js";
import { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import { fileRecords } from "./file-records.js";
import { FOLDER, type FolderOptions } from "./folder-options.js";
import type { OpenedFolder } from "./image-folder.js";
import { type Label, labelKind, labelledFiles, labelOf } from "./labelled-files.js";
import { called, readWhole } from "./source-files.js";
import { readWav, type Sound } from "./wav.js";

/** Options of `data.audioFolder`. */
export interface AudioFolderOptions extends FolderOptions {
  /** Samples of each sound: longer ones are cut, shorter ones end in silence. Default null: as they are. */
  readonly outputSequenceLength?: number | null;
  /** Samples of a second that every file must have; none is changed to it. Default null: any. */
  readonly samplingRate?: number | null;
}

/** A sound of a folder. */
export interface SoundRecord {
  readonly [field: string]: unknown;
  /** float32 of shape (samples, channels), from -1 to 1. */
  readonly audio: Tensor;
  /** Samples of a second. */
  readonly rate: number;
  /** Absent without labels. */
  readonly label?: Label;
}

export const AUDIO_FOLDER: Fields<AudioFolderOptions> = {
  ...FOLDER,
  outputSequenceLength: nullable(int({ min: 1 })),
  samplingRate: nullable(int({ min: 1 })),
};

/** @internal The sounds of a folder: see `data.audioFolder`. */
export async function openAudioFolder(
  directory: FilePath,
  options: AudioFolderOptions | undefined,
  files: Vfs,
  owner = "data.audioFolder",
): Promise<OpenedFolder<SoundRecord>> {
  const resolved = resolveOptions(owner, AUDIO_FOLDER, options);
  const { outputSequenceLength, samplingRate, labelMode } = resolved;
  const found = await labelledFiles(directory, owner, resolved, [".wav"], files);
  const label = labelOf(found, labelMode);
  const length = outputSequenceLength ?? "samples";
  const source = fileRecords<SoundRecord>(
    found.files,
    { audio: `float32 (${length}, channels)`, rate: "int", ...(label && { label: labelKind(labelMode) }) },
    async (file, i) => {
      const { path } = file;
      const sound = readWav(await readWhole(files, file), path);
      const { rate } = sound;
      if (samplingRate !== null && rate !== samplingRate) throw otherRate(path, rate, samplingRate);
      const audio = tensorOf(sound, outputSequenceLength);
      return label === null ? { audio, rate } : { audio, rate, label: label(i) };
    },
    files,
  );
  return { source, classNames: found.classNames, filePaths: found.files.map(({ path }) => path) };
}

function tensorOf({ data, channels }: Sound, length: number | null): Tensor {
  if (length === null) return new Tensor(data, [data.length / channels, channels]);
  const out = new Float32Array(length * channels);
  out.set(data.subarray(0, out.length));
  return new Tensor(out, [length, channels]);
}

function otherRate(path: string, received: number, expected: number): FormatError {
  return new FormatError({
    code: "sampling-rate",
    what: `"${path}" has another sampling rate`,
    received: `${received} samples a second`,
    expected: `${expected}`,
    fix: "Bring all files to one rate, e.g. with ffmpeg -ar, or leave samplingRate out and change them in map",
    data: { path },
  });
}

/**
 * Sounds of a folder, `{ audio, rate, label }`: one record a `.wav` file (PCM of 8 to 32 bits, floats). Folders in the
 * directory are the classes, as in Keras; files are taken in the order of their paths, or mixed by `seed`.
 * @throws {OptionError} for options that are none, or that the folder does not allow
 * @throws {FormatError} without such files; when records are read, for those that are damaged
 * @example const words = await data.audioFolder("speech", { outputSequenceLength: 16000 });
 */
export async function audioFolder(directory: FilePath, options?: AudioFolderOptions): Promise<Records<SoundRecord>> {
  return Records.from((await openAudioFolder(directory, options, nodeVfs())).source, called("audioFolder", directory));
}
