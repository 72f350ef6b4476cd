import { Budget } from "../../core/budget.js";
import { byteSize, type DType, viewOf } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { readJson } from "../../core/read-json.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { LONGEST_HEADER, METADATA, NAMES, START } from "./dtypes.js";

const DTYPES = new Map(Object.entries(NAMES).map(([dtype, name]) => [name, dtype as Exclude<DType, "string">]));
const MOST_DIMENSIONS = 64;

/** What a safetensors file holds. */
export interface Safetensors {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the header. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** A tensor as the header has it. */
interface Entry {
  readonly name: string;
  readonly dtype: Exclude<DType, "string">;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file: the length of the header as 8 bytes (little-endian), the header as JSON, the tensors.
 * Tensors are views of `bytes` where their position allows it. Format: github.com/huggingface/safetensors.
 * @param where how messages call the file
 * @throws {FormatError} unless every byte belongs to the header or to exactly one tensor
 */
export function readSafetensors(
  bytes: Uint8Array,
  where = "the safetensors file",
  budget: Budget = new Budget(bytes.length),
): Safetensors {
  if (bytes.length < START) throw damaged(where, `${bytes.length} bytes`, `at least ${START}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const most = Math.min(bytes.length - START, LONGEST_HEADER);
  if (length > BigInt(most)) throw damaged(where, `a header of ${length} bytes`, `at most ${most}`);
  const dataStart = START + Number(length);
  const header = readJson(bytes.subarray(START, dataStart), `The header of ${where}`, budget, { unique: true });
  if (!isConfig(header)) throw damaged(where, "a header that is no object", "an object with a member for each tensor");
  const entries = Object.entries(header).flatMap(([name, entry]) =>
    name === METADATA ? [] : [entryOf(name, entry, where)],
  );
  requireCovered(entries, bytes.length - dataStart, where);
  return {
    metadata: metadataOf(header, where),
    tensors: new Map(entries.map((entry) => [entry.name, tensorOf(entry, bytes.subarray(dataStart), budget)])),
  };
}

function metadataOf(header: Config, where: string): ReadonlyMap<string, string> {
  const metadata = Object.hasOwn(header, METADATA) ? header[METADATA]! : {};
  const entries = isConfig(metadata) ? Object.entries(metadata) : null;
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === "string")) return new Map(entries);
  throw damaged(where, `another kind of ${METADATA}`, "an object of strings");
}

function entryOf(name: string, entry: Json, where: string): Entry {
  const shown = JSON.stringify(name.slice(0, 80));
  if (!isConfig(entry)) throw damaged(where, `${shown} without a description`, "dtype, shape and data_offsets");
  const { dtype: named, shape, data_offsets: offsets } = entry;
  const dtype = typeof named === "string" ? DTYPES.get(named) : undefined;
  if (dtype === undefined) {
    throw new FormatError({
      code: "safetensors-dtype",
      what: `The tensor ${shown} of ${where} has a dtype without a counterpart here`,
      received: JSON.stringify(named ?? null).slice(0, 80),
      expected: [...DTYPES.keys()].join(", "),
      fix: "Save it again with one of these, e.g. as float32",
    });
  }
  if (!isSizes(shape) || shape.length > MOST_DIMENSIONS) throw damaged(where, `${shown} with another kind of shape`);
  const size = shape.reduce((product, dim) => product * dim, byteSize(dtype));
  const safe = shape.reduce((product, dim) => product * Math.max(1, dim), byteSize(dtype));
  if (!Number.isSafeInteger(safe)) throw damaged(where, `${shown} of shape (${shape.join(", ")})`);
  if (!isSizes(offsets) || offsets.length !== 2) throw damaged(where, `${shown} without two data_offsets`);
  const [begin, end] = offsets as unknown as [number, number];
  if (end - begin !== size) {
    throw damaged(where, `${shown} from ${begin} to ${end}`, `${size} bytes for ${dtype} (${shape.join(", ")})`);
  }
  return { name, dtype, shape, begin, end };
}

const isSizes = (json: Json | undefined): json is readonly number[] =>
  Array.isArray(json) && json.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

/** Tensors side by side, from the first byte behind the header to the last of the file. */
function requireCovered(entries: readonly Entry[], size: number, where: string): void {
  let at = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const shown = JSON.stringify(name.slice(0, 80));
    if (end > size) throw damaged(where, `${shown} ends at ${end}`, `at most ${size}, the end of the file`);
    if (begin !== at) {
      const fault = begin < at ? "inside another tensor" : "behind bytes that belong to nothing";
      throw damaged(where, `${shown} begins at ${begin}, ${fault}`, String(at));
    }
    at = end;
  }
  if (at !== size) throw damaged(where, `${size - at} bytes behind the last tensor`, "none");
}

function tensorOf({ dtype, shape, begin, end }: Entry, data: Uint8Array, budget: Budget): Tensor {
  const stored = data.subarray(begin, end);
  const width = byteSize(dtype);
  const copies = stored.byteOffset % width !== 0;
  if (copies) budget.allocate(stored.length, "copying the tensors");
  const raw = copies ? stored.slice() : stored;
  return new Tensor(viewOf(dtype, raw.buffer, raw.byteOffset, raw.length / width), shape, dtype);
}

function damaged(where: string, received: string, expected?: string): FormatError {
  return new FormatError({
    code: "safetensors-damaged",
    what: `${where.replace(/^t/, "T")} is damaged`,
    received,
    ...(expected === undefined ? {} : { expected }),
    fix: "If it was copied or downloaded, it may be incomplete: fetch it again",
  });
}
