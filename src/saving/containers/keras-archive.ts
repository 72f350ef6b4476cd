import type { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { readHdf5 } from "../../formats/hdf5/index.js";
import { readNpy } from "../../formats/npy/index.js";
import { readZip } from "../../formats/zip/index.js";
import { withAssets } from "../assets.js";
import { learnedIn, objectsIn, pathTensors } from "../h5-layout.js";
import type { OwnState } from "../own-state.js";
import { parseConfig, parseModel } from "../plain-json.js";
import type { Container, Contents, StoredTensors } from "./container.js";

type Entries = ReadonlyMap<string, Uint8Array>;

/** Keras 3's archive: configs as JSON, weights by path in an HDF5 file inside. */
export const kerasArchive: Container = {
  title: "Keras archive",
  files: "a .keras archive (ZIP)",
  endings: [".keras"],
  hasChecksums: true,
  magic: [0x50, 0x4b, 0x03, 0x04],
  async open({ whole }, file, budget): Promise<Contents> {
    // With what is behind it, which is the archive's comment.
    const entries = await readZip(whole, budget);
    return {
      keras: versionIn(entries, file, budget),
      backend: null,
      own: ownIn(entries, budget),
      async model() {
        const text = entry(entries, "config.json", file);
        const { compile_config: compile, ...model } = parseModel(text, "config.json", file, budget);
        return { model, compile: isConfig(compile) ? compile : null, ...(await weightsIn(entries, file, budget)) };
      },
      weights: () => weightsIn(entries, file, budget),
    };
  },
};

function versionIn(entries: Entries, file: string, budget: Budget): string | null {
  const text = entries.get("metadata.json");
  const metadata = text === undefined ? null : parseConfig(text, `metadata.json of "${file}"`, budget);
  const version = isConfig(metadata) ? metadata["keras_version"] : undefined;
  return typeof version === "string" ? version : null;
}

function ownIn(entries: Entries, budget: Budget): OwnState<Uint8Array> | null {
  const json = entries.get("pawl/state.json");
  if (json === undefined) return null;
  const tensors = [];
  for (let i = 0; ; i++) {
    const bytes = entries.get(`pawl/tensors/${i}.npy`);
    if (bytes === undefined) return { json, tensors };
    tensors.push(readNpy(bytes, budget));
  }
}

async function weightsIn(entries: Entries, file: string, budget: Budget): Promise<StoredTensors> {
  const root = await readHdf5(entry(entries, "model.weights.h5", file), budget);
  return { ...pathTensors(objectsIn(root)), learned: withAssets(learnedIn(root), entries) };
}

function entry(entries: Entries, name: string, file: string): Uint8Array {
  const bytes = entries.get(name);
  if (bytes !== undefined) return bytes;
  throw new FormatError({
    code: "no-model",
    what: `"${file}" is an archive, but not one of a Keras model`,
    received: [...entries.keys()].slice(0, 5).join(", ") || "no entries",
    expected: `an entry "${name}"`,
  });
}
