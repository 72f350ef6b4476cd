import { FormatError } from "../core/errors.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { joinPath } from "../core/paths.js";
import { isNode } from "../core/platform.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";

/** Examples to train on and to test with, each as inputs and targets: `[[xTrain, yTrain], [xTest, yTest]]`. */
export type TrainAndTest = readonly [readonly [x: Tensor, y: Tensor], readonly [x: Tensor, y: Tensor]];

/** Where Keras keeps what it has fetched: the folder datasets of `KERAS_HOME`, or of `.keras` at home. */
async function kerasFolder(): Promise<string> {
  // A browser has neither: what is read next says so.
  if (!isNode()) return "datasets";
  const { homedir } = await import("node:os");
  const home = process.env["KERAS_HOME"];
  return joinPath(home === undefined || home === "" ? joinPath(homedir(), ".keras") : home, "datasets");
}

/**
 * The file or folder of a data set: the one given, else the first of these names that Keras has kept.
 * @param names in Keras's folder
 * @throws {FormatError} when it is not there, with how to get it: nothing is ever fetched
 */
export async function found(
  owner: string,
  given: FilePath | null | undefined,
  names: readonly string[],
  files: Vfs,
): Promise<{ readonly path: string; readonly isFolder: boolean }> {
  const folder = given == null ? await kerasFolder() : "";
  const places = given == null ? names.map((name) => joinPath(folder, name)) : [pathOf(given, `${owner}: path`)];
  for (const path of places) {
    const stat = await files.stat(path);
    if (stat !== undefined) return { path, isFolder: stat.kind === "folder" };
  }
  throw new FormatError({
    code: "no-dataset",
    what: `${owner}: the data set is not on this machine`,
    received: `nothing at ${places.map((path) => `"${path}"`).join(" or ")}`,
    expected: names.join(" or "),
    fix: "Pawl fetches nothing: get it with Keras in Python (load_data), or download it, and give the path",
    data: { path: places[0] },
  });
}
