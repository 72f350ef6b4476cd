import { type Fields, oneOf, resolveOptions } from "../core/options.js";
import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import { type CifarLayout, openCifar } from "./cifar.js";
import type { TrainAndTest } from "./files.js";

/** Options of `datasets.cifar100.loadData`. */
export interface Cifar100Options {
  /** 100 kinds, or the 20 that they belong to. Default "fine". */
  readonly labelMode?: "fine" | "coarse";
}

const FIELDS: Fields<Cifar100Options> = { labelMode: oneOf(["fine", "coarse"], { default: "fine" }) };

/** @internal */
export const cifar100Layout = (labelMode: "fine" | "coarse"): CifarLayout => ({
  names: ["cifar-100-binary"],
  train: ["train.bin"],
  test: ["test.bin"],
  labels: 2,
  label: labelMode === "coarse" ? 0 : 1,
});

/**
 * Pictures of 100 kinds: 50,000 to train on and 10,000 to test with; images uint8 (32, 32, 3), labels uint8 of shape (n, 1).
 * Nothing is fetched.
 * @param path the folder of the binary version, with `train.bin` and `test.bin`. Default:
 * `~/.keras/datasets/cifar-100-binary`
 * @throws {OptionError} for options that are none
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain]] = await datasets.cifar100.loadData("cifar-100-binary", { labelMode: "coarse" });
 */
export async function loadData(path?: FilePath | null, options?: Cifar100Options): Promise<TrainAndTest> {
  const owner = "datasets.cifar100.loadData";
  const { labelMode } = resolveOptions(owner, FIELDS, options);
  return openCifar(owner, path, cifar100Layout(labelMode), nodeVfs());
}
