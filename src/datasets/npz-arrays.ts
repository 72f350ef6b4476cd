import { FormatError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { inFile } from "../data/sources/named-error.js";
import { readNpz } from "../formats/index.js";

/** Arrays of a `.npz` file, whole. @throws {FormatError} for missing files and arrays, and damaged ones */
export async function npzArrays(
  path: string,
  names: readonly string[],
  owner: string,
  files: Vfs,
): Promise<readonly Tensor[]> {
  const arrays = await inFile(path, "Get the file again", async () => readNpz(await files.readFile(path)));
  return names.map((name) => {
    const array = arrays.get(name);
    if (array !== undefined) return array;
    throw new FormatError({
      code: "dataset-damaged",
      what: `${owner}: "${path}" has no array "${name}"`,
      received: [...arrays.keys()].join(", "),
      expected: names.join(", "),
      fix: "Get the file again",
      data: { path },
    });
  });
}
