import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { sizeOf } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";

/** How many bytes an element of each stored form takes. */
const WIDTHS = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

/** Element types of weights. */
export type ManifestDType = "float32" | "int32" | "bool";

/** Elements in fewer bits: `element * scale + min`, or half precision. */
export type Quantization =
  | { readonly dtype: "uint8" | "uint16"; readonly scale: number; readonly min: number }
  | { readonly dtype: "float16" };

/** A tensor as the manifest describes it. */
export interface ManifestEntry {
  readonly name: string;
  readonly dtype: ManifestDType;
  readonly shape: readonly number[];
  readonly quantization: Quantization | null;
  /** Whether it belongs to the optimizer. */
  readonly ofOptimizer: boolean;
  /** What it takes in the files. */
  readonly bytes: number;
}

/** Tensors one after the other in the bytes of some files, which follow each other. */
export interface ManifestGroup {
  /** Names of files beside the model.json. */
  readonly paths: readonly string[];
  readonly entries: readonly ManifestEntry[];
  /** What its tensors take together. */
  readonly bytes: number;
}

const MOST_DIMENSIONS = 64;

/**
 * The `weightsManifest` of a model.json: groups of tensors with the files that hold them.
 * @throws {FormatError} when it is none, names anything but files beside the model.json, or a tensor twice
 */
export function readManifest(json: Json | undefined, file: string): readonly ManifestGroup[] {
  if (!Array.isArray(json)) throw malformed(file, "no list of groups");
  const seen = new Set<string>();
  const files = new Set<string>();
  return (json as readonly Json[]).map((group) => {
    const { paths, weights } = isConfig(group) ? group : ({} as Config);
    if (!Array.isArray(paths) || !Array.isArray(weights)) throw malformed(file, "a group without paths and weights");
    const entries = (weights as readonly Json[]).map((entry) => entryOf(entry, file));
    for (const { name } of entries) {
      if (seen.has(name)) throw malformed(file, `two tensors ${shownName(name)}`);
      seen.add(name);
    }
    const names = (paths as readonly Json[]).map((path) => fileName(path, file));
    for (const name of names) {
      if (files.has(name)) throw malformed(file, `the file ${shownName(name)} twice`);
      files.add(name);
    }
    return {
      paths: names,
      entries,
      bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  });
}

function entryOf(entry: Json, file: string): ManifestEntry {
  const { name, dtype, shape, quantization = null, group } = isConfig(entry) ? entry : ({} as Config);
  if (typeof name !== "string") throw malformed(file, "a tensor without a name");
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    throw new FormatError({
      code: "tfjs-dtype",
      what: `The tensor ${shownName(name)} of "${file}" has a dtype that no layer of TensorFlow.js keeps`,
      received: JSON.stringify(dtype ?? null).slice(0, 80),
      expected: "float32, int32, bool",
    });
  }
  if (!isShape(shape)) throw malformed(file, `${shownName(name)} without a shape`);
  const stored = quantizationOf(quantization, dtype, name, file);
  const bytes = sizeOf(shape) * WIDTHS[stored?.dtype ?? dtype];
  if (!Number.isSafeInteger(bytes)) throw malformed(file, `${shownName(name)} of shape (${shape.join(", ")})`);
  return { name, dtype, shape, quantization: stored, ofOptimizer: group === "optimizer", bytes };
}

const isShape = (json: Json | undefined): json is readonly number[] =>
  Array.isArray(json) &&
  json.length <= MOST_DIMENSIONS &&
  json.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

function quantizationOf(json: Json, dtype: ManifestDType, name: string, file: string): Quantization | null {
  if (json === null) return null;
  const { dtype: stored, scale, min } = isConfig(json) ? json : ({} as Config);
  if (stored === "float16" && dtype === "float32") return { dtype: stored };
  if ((stored === "uint8" || stored === "uint16") && dtype !== "bool" && isNumber(scale) && isNumber(min)) {
    return { dtype: stored, scale, min };
  }
  throw new FormatError({
    code: "tfjs-quantization",
    what: `The tensor ${shownName(name)} of "${file}" is packed in a way that TensorFlow.js does not know`,
    received: `${JSON.stringify(json).slice(0, 120)} for ${dtype}`,
    expected:
      '{ "dtype": "uint8" or "uint16", "scale": …, "min": … } for float32 and int32, or { "dtype": "float16" } for float32',
  });
}

const isNumber = (json: Json | undefined): json is number => typeof json === "number" && Number.isFinite(json);

/** Files of weights lie beside the model.json: a name that leads elsewhere is nothing that TensorFlow.js writes. */
function fileName(name: Json, file: string): string {
  if (typeof name === "string" && /^[^/\\:\0]+$/.test(name) && !name.startsWith("..") && name !== ".") return name;
  throw new FormatError({
    code: "shard-name",
    what: `"${file}" says that weights lie in something that is no file beside it`,
    received: JSON.stringify(name).slice(0, 100),
    expected: "the name of a file in the same folder",
    fix: "Neither TensorFlow.js nor its converter writes that: do not trust the file",
  });
}

const shownName = (name: string): string => JSON.stringify(name.slice(0, 80));

function malformed(file: string, received: string): FormatError {
  return new FormatError({
    code: "tfjs-manifest",
    what: `The weightsManifest of "${file}" cannot be read`,
    received,
    expected: '[{ "paths": ["weights.bin"], "weights": [{ "name", "shape", "dtype" }, …] }, …]',
    fix: "If it was copied or downloaded, it may be incomplete: fetch it again",
  });
}
