import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import { type CifarLayout, openCifar } from "./cifar.js";
import type { TrainAndTest } from "./files.js";

/** @internal */
export const CIFAR10: CifarLayout = {
  names: ["cifar-10-batches-bin"],
  train: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`),
  test: ["test_batch.bin"],
  labels: 1,
  label: 0,
};

/**
 * Pictures of ten kinds: 50,000 to train on and 10,000 to test with; images uint8 (32, 32, 3), labels uint8 of shape (n, 1).
 * Nothing is fetched.
 * @param path the folder of the binary version, with `data_batch_1.bin` and so on. Default:
 * `~/.keras/datasets/cifar-10-batches-bin`
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain], [xTest, yTest]] = await datasets.cifar10.loadData("cifar-10-batches-bin");
 */
export function loadData(path?: FilePath | null): Promise<TrainAndTest> {
  return openCifar("datasets.cifar10.loadData", path, CIFAR10, nodeVfs());
}
