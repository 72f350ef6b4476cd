import type { EngineError } from "../../core/errors.js";
import type { Segment } from "../arena.js";
import type { Slot } from "../session.js";
import { callWhole, type WasmCall } from "../wasm/call.js";

/** Computes values between two sessions, on slots of the arena. */
export interface Kernel {
  /** Numbers of temporary memory, which the function is given as the last input. Default: none. */
  readonly temporary?: number;
  /** The function for these slots, which any thread can call; null where there is none. */
  call(inputs: readonly Slot[], outputs: readonly Slot[]): WasmCall | null;
  /** The same in JavaScript, for tensors in different memories and for rare cases. */
  compute(inputs: readonly Slot[], outputs: readonly Slot[]): void;
  /** The error for a result of the function other than 0. */
  explain?(code: number, inputs: readonly Slot[], outputs: readonly Slot[]): EngineError;
}

/**
 * Computes on the calling thread.
 * @param call what the kernel's `call` gave for these slots
 * @throws {EngineError} from the kernel's `explain`
 */
export function runKernel(
  kernel: Kernel,
  inputs: readonly Slot[],
  outputs: readonly Slot[],
  call: WasmCall | null = kernel.call(inputs, outputs),
): void {
  const code = call === null ? 0 : callWhole(call);
  if (call === null) kernel.compute(inputs, outputs);
  else if (code !== 0) throw kernel.explain!(code, inputs, outputs);
}

/** The elements of a slot. */
export function floats(slot: Slot): Float32Array {
  return slot.block.view("float32", sizeOf(slot), slot.start);
}

export function integers(slot: Slot): Int32Array {
  return slot.block.view("int32", sizeOf(slot), slot.start);
}

export function numbers(slot: Slot): Float32Array | Int32Array | Uint8Array {
  return slot.dtype === "int32" ? integers(slot) : slot.dtype === "bool" ? bytes(slot) : floats(slot);
}

/** Bytes of a slot, rounded up to whole vectors, which may pass the tensor's end: the arena rounds blocks up, too. */
export function vectorBytes(slot: Slot): number {
  return Math.ceil(sizeOf(slot) / 4) * 16;
}

function bytes(slot: Slot): Uint8Array {
  return slot.block.view("bool", sizeOf(slot), slot.start);
}

function sizeOf({ dims }: Slot): number {
  let size = 1;
  for (const dim of dims) size *= dim;
  return size;
}

/** Byte address of a slot's first element in its segment. */
export function addressOf({ block, start, dtype }: Slot): number {
  return block.offset + start * (dtype === "bool" ? 1 : dtype === "int64" ? 8 : 4);
}

/** The segment that all slots lie in, or undefined when they do not lie in one. */
export function segmentOf(slots: readonly Slot[]): Segment | undefined {
  const segment = slots[0]?.block.segment;
  return slots.every((slot) => slot.block.segment === segment) ? segment : undefined;
}
