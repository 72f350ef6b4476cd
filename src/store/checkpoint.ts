import { Budget } from "../core/budget.js";
import { byteSize, type DType, isDType, type TensorData, viewOf } from "../core/dtype.js";
import { FormatError } from "../core/errors.js";
import { readJson } from "../core/read-json.js";
import { sizeOf } from "../core/shape.js";
import type { Json, StateValue } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import { magicOf, splitTrailer, trailerOf } from "../formats/trailer.js";
import { encodeHeader, type FixedMembers } from "./checkpoint-json.js";

const MAGIC = magicOf("CHECKPT");
const VERSION = 1;
/** Magic (16), version (4), zeros (4), bytes of the header (8). */
const PREFIX_BYTES = 32;
const ALIGNMENT = 64;
/** Memory of a tensor besides its elements. */
const TENSOR_BYTES = 256;

/** A line of a checkpoint's table of tensors. */
export type TensorRow = readonly [name: string, dtype: DType, shape: readonly number[], bytes: number];

/** What a checkpoint says of the chain of states before it. */
export interface ChainMark {
  /** The chain before this state, hexadecimal. */
  readonly before: string;
  /** Whether this state is a link: the settings placed it, not a clock, a signal or a person. */
  readonly links: boolean;
}

/** A state with what its file says of the chain before it; null for a file of before there were chains. */
export interface SavedState extends StateValue {
  readonly chain: ChainMark | null;
}

interface Header {
  readonly json: Json;
  readonly chain: ChainMark | null;
  readonly tensors: readonly TensorRow[];
}

/**
 * The layout of a state as a file: the bytes before the tensors, and the tensors, each with its position after them.
 */
export interface CheckpointLayout {
  /** Magic, version and the header with the plain data and the table of tensors, up to the first tensor. */
  readonly head: Uint8Array;
  readonly tensors: readonly { readonly name: string; readonly bytes: Uint8Array; readonly at: number }[];
  /** The table of tensors. */
  readonly rows: readonly TensorRow[];
  /** Bytes of all tensors with the gaps between them. */
  readonly size: number;
}

/**
 * Lays a state out; the tensors' bytes are views, not copies, each at a multiple of 64 bytes.
 * @param fixed more members of the state's plain data, encoded by {@link encodeJson}
 * @param chain the state's place in the chain of states; default: none
 */
export function layoutCheckpoint(
  state: StateValue,
  fixed: FixedMembers = {},
  chain: ChainMark | null = null,
): CheckpointLayout {
  const tensors: CheckpointLayout["tensors"][number][] = [];
  const rows: TensorRow[] = [];
  let size = 0;
  for (const [name, { data, dtype, shape }] of Object.entries(state.tensors)) {
    const bytes = bytesOf(data);
    tensors.push({ name, bytes, at: size });
    rows.push([name, dtype, shape, bytes.length]);
    size += bytes.length + gapAfter(bytes.length);
  }
  const parts = encodeHeader(state.json, fixed, rows, chain === null ? null : { ...chain });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = new Uint8Array(PREFIX_BYTES + length + gapAfter(PREFIX_BYTES + length));
  head.set(MAGIC);
  new DataView(head.buffer).setUint32(16, VERSION, true);
  new DataView(head.buffer).setBigUint64(24, BigInt(length), true);
  let at = PREFIX_BYTES;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return { head, tensors, rows, size };
}

/**
 * A state as one self-contained file, in pieces that view the tensors instead of copying them: prefix and header
 * (JSON: plain data, and the tensors' names, dtypes, shapes and sizes), each tensor at a multiple of 64 bytes, and the
 * trailer with the SHA-256 of everything before it.
 */
export async function encodeCheckpoint(state: StateValue, fixed: FixedMembers = {}): Promise<Uint8Array[]> {
  const { head, tensors } = layoutCheckpoint(state, fixed);
  const parts = [head];
  for (const { bytes } of tensors) parts.push(bytes, new Uint8Array(gapAfter(bytes.length)));
  return [...parts, await trailerOf(parts)];
}

/**
 * The plain data of a checkpoint from the first bytes of its file, without the tensors and without checking the
 * digest; if more bytes are needed, `needs` is their number.
 * @throws {FormatError} when it is no checkpoint
 */
export function peekCheckpoint(start: Uint8Array): { readonly json: Json } | { readonly needs: number } {
  if (start.length < PREFIX_BYTES) return { needs: PREFIX_BYTES };
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(24, true));
  if (start.length < PREFIX_BYTES + length) return { needs: PREFIX_BYTES + length };
  return { json: readHeader(start, new Budget(start.length)).json };
}

/**
 * The state in a checkpoint file; its digest is verified first. The tensors are views of `bytes` where their alignment
 * allows it.
 * @throws {FormatError} when it is no checkpoint, or differs from what was written
 */
export async function decodeCheckpoint(
  bytes: Uint8Array,
  budget: Budget = new Budget(bytes.length),
): Promise<SavedState> {
  const { body, trailer } = await splitTrailer(bytes);
  if (trailer !== "intact") {
    throw new FormatError({
      code: "checkpoint-damaged",
      what: "The checkpoint is damaged",
      received:
        trailer === "damaged"
          ? "contents that do not match their digest"
          : `${bytes.length} bytes without the digest at their end`,
      fix: "Use an earlier checkpoint",
    });
  }
  const header = readHeader(body, budget);
  const tensors: Record<string, Tensor> = Object.create(null) as Record<string, Tensor>;
  let at = header.end;
  for (const [name, dtype, shape, size] of header.tensors) {
    if (at + size > body.length) throw malformed(`the tensor "${name}" ends outside the file`);
    tensors[name] = tensorAt(body, at, size, dtype, shape, name, budget);
    at += size + gapAfter(size);
  }
  return { json: header.json, tensors, chain: header.chain };
}

function readHeader(body: Uint8Array, budget: Budget): Header & { readonly end: number } {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < PREFIX_BYTES || MAGIC.some((byte, i) => body[i] !== byte)) {
    throw new FormatError({ code: "not-a-checkpoint", what: "This is not a checkpoint of a run" });
  }
  const version = view.getUint32(16, true);
  if (version !== VERSION) {
    throw new FormatError({
      code: "checkpoint-version",
      what: "The checkpoint was written by another version of Pawl",
      received: `format ${version}`,
      expected: `format ${VERSION}`,
      fix: "Update Pawl",
    });
  }
  const length = Number(view.getBigUint64(24, true));
  if (PREFIX_BYTES + length > body.length) throw malformed("the header ends outside the file");
  const header = parseJson(body.subarray(PREFIX_BYTES, PREFIX_BYTES + length), "its header", budget) as Header;
  if (typeof header !== "object" || header === null || !Array.isArray(header.tensors)) {
    throw malformed("its header is another kind of data");
  }
  budget.allocate(header.tensors.length * TENSOR_BYTES, "the checkpoint's table of tensors");
  for (const row of header.tensors) checkRow(row);
  return { ...header, chain: chainMarkIn(header.chain), end: PREFIX_BYTES + length + gapAfter(PREFIX_BYTES + length) };
}

/** A mark that is none counts as missing: it is only about the past. */
function chainMarkIn(mark: unknown): ChainMark | null {
  const { before, links } = Object(mark) as Partial<ChainMark>;
  return typeof before === "string" && /^[0-9a-f]{64}$/.test(before) ? { before, links: links === true } : null;
}

function checkRow(row: unknown): void {
  const count = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const [name, dtype, shape, size] = Array.isArray(row) ? (row as unknown[]) : [];
  const ok = typeof name === "string" && isDType(dtype) && Array.isArray(shape) && shape.every(count) && count(size);
  if (!ok) throw malformed(`its table of tensors has the row ${JSON.stringify(row).slice(0, 100)}`);
}

function parseJson(bytes: Uint8Array, what: string, budget: Budget): unknown {
  try {
    return readJson(bytes, `The checkpoint is malformed: ${what}`, budget);
  } catch (error) {
    if (error instanceof FormatError && error.code === "config-json") throw malformed(`${what} is not JSON`);
    throw error;
  }
}

function bytesOf(data: TensorData): Uint8Array {
  if (Array.isArray(data)) return new TextEncoder().encode(JSON.stringify(data));
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
}

function tensorAt(
  body: Uint8Array,
  at: number,
  size: number,
  dtype: DType,
  shape: readonly number[],
  name: string,
  budget: Budget,
): Tensor {
  const bytes = body.subarray(at, at + size);
  if (dtype === "string") {
    const texts = parseJson(bytes, `the tensor "${name}"`, budget);
    if (!Array.isArray(texts) || texts.length !== sizeOf(shape))
      throw malformed(`the tensor "${name}" has not its size`);
    return new Tensor(texts as string[], shape, dtype);
  }
  if (sizeOf(shape) * byteSize(dtype) !== size) throw malformed(`the tensor "${name}" does not have its size`);
  if (bytes.byteOffset % byteSize(dtype) !== 0) budget.allocate(size, `the tensor "${name}"`);
  const aligned = bytes.byteOffset % byteSize(dtype) === 0 ? bytes : bytes.slice();
  return new Tensor(viewOf(dtype, aligned.buffer, aligned.byteOffset, sizeOf(shape)), shape, dtype);
}

/** Bytes up to the next multiple of the alignment. */
function gapAfter(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}

function malformed(why: string): FormatError {
  return new FormatError({ code: "checkpoint-malformed", what: `The checkpoint is malformed: ${why}` });
}
