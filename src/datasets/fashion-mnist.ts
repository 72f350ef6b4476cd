import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { TrainAndTest } from "./files.js";
import { openMnist } from "./mnist.js";

/**
 * Pictures of clothes: 60,000 to train on and 10,000 to test with; images uint8 (28, 28), labels uint8 0 to 9. Nothing is
 * fetched.
 * @param path a folder with the four files of Fashion-MNIST, packed as `.gz` or not. Default: where Keras keeps it,
 * `~/.keras/datasets/fashion-mnist`
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain], [xTest, yTest]] = await datasets.fashionMnist.loadData("fashion-mnist");
 */
export function loadData(path?: FilePath | null): Promise<TrainAndTest> {
  return openMnist("datasets.fashionMnist.loadData", path, ["fashion-mnist"], nodeVfs());
}
