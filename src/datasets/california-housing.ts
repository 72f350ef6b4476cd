import { type Fields, oneOf, resolveOptions } from "../core/options.js";
import type { FilePath } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { TrainAndTest } from "./files.js";
import { HOUSING, type HousingOptions, openHousing } from "./housing.js";

/** Options of `datasets.californiaHousing.loadData`. */
export interface CaliforniaHousingOptions extends HousingOptions {
  /** All 20,640 districts, or the first 600. Default "large". */
  readonly version?: "large" | "small";
}

const FIELDS: Fields<CaliforniaHousingOptions> = {
  ...HOUSING,
  version: oneOf(["large", "small"], { default: "large" }),
};
const SMALL = 600;

/**
 * House prices of California in 1990: 8 numbers a district, float32, and its median price in dollars. Nothing is fetched.
 * @param path `california_housing.npz`. Default: where Keras keeps it, `~/.keras/datasets/california_housing.npz`
 * @throws {OptionError} for options that are none
 * @throws {FormatError} when it is not there, or damaged
 * @example const [[xTrain, yTrain]] = await datasets.californiaHousing.loadData(null, { version: "small" });
 */
export async function loadData(path?: FilePath | null, options?: CaliforniaHousingOptions): Promise<TrainAndTest> {
  const owner = "datasets.californiaHousing.loadData";
  const { version, ...resolved } = resolveOptions(owner, FIELDS, options);
  const most = version === "small" ? SMALL : Number.POSITIVE_INFINITY;
  return openHousing(owner, path, "california_housing.npz", { ...resolved, most }, nodeVfs());
}
