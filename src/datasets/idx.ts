import { FormatError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import { sizeOf } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { unzipped } from "../data/sources/unzipped.js";
import type { TrainAndTest } from "./files.js";

/** Largest file unpacked: the images of MNIST are 47 MB. */
const LARGEST = 2 ** 28;
const BYTE = 8;

/** The four files of MNIST and what is made like it. @throws {FormatError} for missing and damaged ones */
export async function readIdxFolder(folder: string, owner: string, files: Vfs): Promise<TrainAndTest> {
  const read = (name: string, axes: number) => readIdx(folder, name, axes, owner, files);
  const part = async (name: string) => {
    const x = await read(`${name}-images-idx3-ubyte`, 3);
    const y = await read(`${name}-labels-idx1-ubyte`, 1);
    if (x.shape[0] !== y.shape[0]) throw damaged(folder, owner, `${x.shape[0]} images, ${y.shape[0]} labels`);
    return [x, y] as const;
  };
  return [await part("train"), await part("t10k")];
}

/** An array of bytes: four bytes that say so, the size of each axis, and the elements. */
async function readIdx(folder: string, name: string, axes: number, owner: string, files: Vfs): Promise<Tensor> {
  const path = joinPath(folder, name);
  const zipped = await files.stat(`${path}.gz`);
  const plain = await files.stat(path);
  if (plain === undefined && zipped === undefined) throw damaged(path, owner, "nothing there");
  const file = { path: `${path}.gz`, name, size: zipped?.size ?? 0 };
  const bytes = plain === undefined ? await unzipped(file, "gzip", LARGEST, files) : await files.readFile(path);
  const start = 4 + 4 * axes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < start || view.getUint32(0) !== BYTE * 256 + axes) throw damaged(path, owner, "another header");
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (sizeOf(shape) !== bytes.length - start) throw damaged(path, owner, `${bytes.length - start} bytes`);
  return new Tensor(bytes.slice(start), shape, "uint8");
}

function damaged(path: string, owner: string, received: string): FormatError {
  return new FormatError({
    code: "dataset-damaged",
    what: `${owner}: "${path}" is not what the data set has there`,
    received,
    expected: "the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-…, packed as .gz or not",
    fix: "Get the files again",
    data: { path },
  });
}
