import { resolveOptions } from "../core/options.js";
import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { TrainAndTest } from "./files.js";
import { HOUSING, type HousingOptions, openHousing } from "./housing.js";

/**
 * House prices of Boston in 1978: 13 numbers a house, float64, and its price in thousands of dollars. The data set has an
 * ethical problem, as Keras says: one of its numbers assumes that segregation affects prices. Nothing is fetched.
 * @param path `boston_housing.npz`. Default: where Keras keeps it, `~/.keras/datasets/boston_housing.npz`
 * @throws {OptionError} for options that are none
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain], [xTest, yTest]] = await datasets.bostonHousing.loadData("boston_housing.npz");
 */
export async function loadData(path?: FilePath | null, options?: HousingOptions): Promise<TrainAndTest> {
  const owner = "datasets.bostonHousing.loadData";
  const resolved = { ...resolveOptions(owner, HOUSING, options), most: Number.POSITIVE_INFINITY };
  return openHousing(owner, path, "boston_housing.npz", resolved, nodeVfs());
}
