import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

const FOLDER = join(import.meta.dirname, "../fixtures/hostile");

/** Every file of the corpus, with the code of the FormatError that refuses it; null: it is harmless and opens. */
export const CORPUS: Readonly<Record<string, string | null>> = {
  "good.h5": null,
  "good.keras": null,
  // Code: CVE-2024-3660, CVE-2025-9905, CVE-2026-12481; foreign programs: CVE-2026-1462.
  "lambda.keras": "python-code",
  "lambda.h5": "python-code",
  "lambda-keras-2.h5": "python-code",
  "lambda-activation.keras": "python-code",
  "lambda-nested.keras": "python-code",
  "lambda-loss.keras": "python-code",
  "lambda-metric.keras": "python-code",
  "tfsmlayer.keras": "python-code",
  "torchmodulewrapper.keras": "python-code",
  "jaxlayer.keras": "python-code",
  "flaxlayer.keras": "python-code",
  // Imports by name, and Keras's own functions as gadgets: CVE-2025-1550, CVE-2025-8747, CVE-2025-9906.
  "import-layer.keras": "unknown-class",
  "import-root.keras": "unknown-class",
  "import-activation.keras": "unknown-class",
  "import-initializer.keras": "unknown-class",
  "gadget-get-file.keras": "registered-built-in",
  "gadget-load-model.keras": "registered-built-in",
  "gadget-unsafe-first.keras": "registered-built-in",
  "gadget-loss.keras": "registered-built-in",
  "registered-built-in.keras": "registered-built-in",
  // Files and URLs as vocabularies: CVE-2025-12058.
  "vocabulary-path.keras": "layer-config",
  "vocabulary-url.keras": "layer-config",
  "vocabulary-up.keras": "layer-config",
  // Names as paths: CVE-2026-12479, CVE-2025-12638.
  "layer-name-path.keras": "layer-config",
  "zip-asset-up.keras": "zip-damaged",
  "zip-absolute.keras": "zip-damaged",
  "zip-drive.keras": "zip-damaged",
  "zip-symlink.keras": "zip-symlink",
  "tar.keras": "file-kind",
  "shards.weights.h5": "file-kind",
  "npz-up.npz": "zip-damaged",
  // Archives with false headers.
  "zip-duplicate.keras": "zip-damaged",
  "zip-local-name.keras": "zip-damaged",
  "zip-checksum.keras": "zip-damaged",
  "zip-encrypted.keras": "zip-encrypted",
  "zip-method.keras": "zip-method",
  "zip-bomb.keras": "zip-too-large",
  "zip-lie.keras": "zip-damaged",
  "zip-lie-large.keras": "zip-too-large",
  "zip-overlap.keras": "zip-too-large",
  "npz-bomb.npz": "zip-too-large",
  // JSON. What JavaScript objects treat specially is dropped as a key and unknown as a class.
  "json-deep.keras": "config-depth",
  "json-wide.keras": "config-size",
  "json-long.keras": "zip-too-large",
  "json-proto.keras": null,
  "json-not.keras": "config-json",
  "json-class-proto.keras": "unknown-class",
  "json-class-constructor.keras": "unknown-class",
  "json-tensor.keras": "layer-config",
  // Architectures that the file's weights do not cover.
  "json-many-layers.keras": "weights-missing",
  "units.keras": "weights-missing",
  "units.h5": "weights-missing",
  "units-overflow.keras": "weights-missing",
  "embedding.keras": "weights-missing",
  // HDF5: CVE-2026-0897, CVE-2026-1669, and other ways to leave the file or grow.
  ...both("hdf5-huge-shape", "hdf5-too-large"),
  ...both("hdf5-overflow", "hdf5-too-large"),
  ...both("hdf5-fill-bomb", "hdf5-too-large"),
  ...both("hdf5-gzip-bomb", "hdf5-too-large"),
  ...both("hdf5-external", "hdf5-external-file"),
  ...both("hdf5-external-link", "hdf5-external-link"),
  ...both("hdf5-soft-link", "hdf5-soft-link"),
  ...both("hdf5-virtual", "hdf5-virtual-dataset"),
  ...both("hdf5-filter", "hdf5-unknown-filter"),
  ...both("hdf5-deep", "hdf5-too-deep"),
  ...both("hdf5-cycle", "hdf5-cycle"),
  "hdf5-heap-size.h5": "hdf5-damaged",
  "hdf5-heap-object.h5": "hdf5-damaged",
  "hdf5-text-length.h5": "hdf5-damaged",
  "hdf5-end.h5": "hdf5-damaged",
  "hdf5-root.h5": "hdf5-damaged",
  "hdf5-cut.h5": "hdf5-damaged",
  // Pickles.
  "pickle.keras": "file-kind",
  "pickle.npy": "npy-pickle",
  "pickle.npz": "npy-pickle",
  "pickle-weights.keras": "no-model",
  // Arrays.
  "npy-huge.npy": "npy-damaged",
  "npy-overflow.npy": "npy-damaged",
  "npy-code.npy": "npy-damaged",
  // Checkpoints and states with valid digests.
  "header-length.pawl": "checkpoint-malformed",
  "tensor-size.pawl": "checkpoint-malformed",
  "tensor-shape.pawl": "checkpoint-malformed",
  "tensor-empty.pawl": "checkpoint-malformed",
  "tensor-dtype.pawl": "checkpoint-malformed",
  "version.pawl": "checkpoint-version",
  "json-deep.pawl": "config-depth",
  "json-wide.pawl": "config-size",
  "run-no-state.pawl": "train-state",
  "run-weights.pawl": "run-state",
  "run-negative-step.pawl": "train-state",
  "run-shards.pawl": "train-state",
  "state-counters.h5": "train-state",
  "state-shards.h5": "train-state",
  "state-history.h5": "train-state",
  "state-version.h5": "pawl-state",
  "state-no-digest.h5": "file-edited",
};

function both(name: string, code: string): Record<string, string> {
  return { [`${name}.h5`]: code, [`${name}.keras`]: code };
}

export function corpusNames(): string[] {
  return readdirSync(FOLDER).map((name) => name.replace(/\.zlib$/, ""));
}

export function corpusFile(name: string): Uint8Array {
  return new Uint8Array(inflateSync(readFileSync(join(FOLDER, `${name}.zlib`))));
}

/** Writes the corpus to a folder. */
export function unpackCorpus(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of corpusNames()) writeFileSync(join(folder, name), corpusFile(name));
}
