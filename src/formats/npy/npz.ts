import { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import type { Tensor } from "../../core/tensor.js";
import { readZip } from "../zip/read.js";
import { writeZip } from "../zip/write.js";
import { readNpy, writeNpy } from "./npy.js";

/**
 * The arrays of a `.npz` file (NumPy's `savez` or `savez_compressed`) by name.
 * @throws {FormatError}
 */
export async function readNpz(
  bytes: Uint8Array,
  budget: Budget = new Budget(bytes.length),
): Promise<Map<string, Tensor>> {
  const out = new Map<string, Tensor>();
  for (const [name, content] of await readZip(bytes, budget)) {
    if (!name.endsWith(".npy")) {
      throw new FormatError({
        code: "not-npz",
        what: "The archive is not a .npz file",
        received: `an entry "${name}"`,
        expected: "entries that end in .npy",
      });
    }
    out.set(name.slice(0, -4), readNpy(content, budget));
  }
  return out;
}

/** The arrays as a `.npz` file, uncompressed, in the given order. */
export async function writeNpz(arrays: Readonly<Record<string, Tensor>>): Promise<Uint8Array> {
  const parts = await writeZip(
    Object.entries(arrays).map(([name, tensor]) => ({ name: `${name}.npy`, bytes: writeNpy(tensor) })),
  );
  return joinBytes(parts);
}
