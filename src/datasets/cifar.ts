import { FormatError } from "../core/errors.js";
import type { FilePath } from "../core/path-of.js";
import { joinPath } from "../core/paths.js";
import { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { found, type TrainAndTest } from "./files.js";

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const CHANNELS = 3;

/** How the files of a data set are called, and what stands before each picture. */
export interface CifarLayout {
  readonly names: readonly string[];
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Bytes of labels, and which of them is the label. */
  readonly labels: number;
  readonly label: number;
}

/** The binary version: labels, then a plane of 32 x 32 bytes for each colour. The one for Python is pickled. */
export async function openCifar(
  owner: string,
  given: FilePath | null | undefined,
  layout: CifarLayout,
  files: Vfs,
): Promise<TrainAndTest> {
  const { path } = await found(owner, given, layout.names, files);
  const read = async (names: readonly string[]): Promise<readonly [Tensor, Tensor]> => {
    const parts: Uint8Array[] = [];
    for (const name of names) parts.push(await fileOf(joinPath(path, name), layout.labels, owner, files));
    return picturesOf(parts, layout);
  };
  return [await read(layout.train), await read(layout.test)];
}

async function fileOf(path: string, labels: number, owner: string, files: Vfs): Promise<Uint8Array> {
  const stat = await files.stat(path);
  const record = labels + CHANNELS * PIXELS;
  if (stat?.kind === "file" && stat.size > 0 && stat.size % record === 0) return files.readFile(path);
  throw new FormatError({
    code: "dataset-damaged",
    what: `${owner}: "${path}" is not what the data set has there`,
    received: stat === undefined ? "nothing there" : `${stat.size} bytes`,
    expected: `the binary version of the data set: ${record} bytes a picture`,
    fix: "Get the binary version; the one for Python, which Keras keeps, is pickled, which can run code when it is read",
    data: { path },
  });
}

function picturesOf(parts: readonly Uint8Array[], { labels, label }: CifarLayout): readonly [Tensor, Tensor] {
  const record = labels + CHANNELS * PIXELS;
  const count = parts.reduce((sum, part) => sum + part.length / record, 0);
  const x = new Uint8Array(count * CHANNELS * PIXELS);
  const y = new Uint8Array(count);
  let row = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += record, row++) {
      y[row] = part[at + label]!;
      const out = row * CHANNELS * PIXELS;
      for (let c = 0; c < CHANNELS; c++) {
        const plane = at + labels + c * PIXELS;
        for (let i = 0; i < PIXELS; i++) x[out + CHANNELS * i + c] = part[plane + i]!;
      }
    }
  }
  return [new Tensor(x, [count, SIDE, SIDE, CHANNELS], "uint8"), new Tensor(y, [count, 1], "uint8")];
}
