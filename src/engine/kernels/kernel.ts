import type { Value } from "../../graph/value.js";
import type { Segment } from "../arena.js";
import type { Slot } from "../session.js";

/** Computes values between two sessions, on slots of the arena. */
export type Kernel = (inputs: readonly Slot[], outputs: readonly Slot[]) => void;

/** Whether a value is nothing but zeros, known before anything runs. */
export function zeroConstant(value: Value): boolean {
  if (value.op === "broadcast") return zeroConstant(value.inputs[0]!);
  return value.op === "constant" && (value as Value<"constant">).attrs.tensor.data.every((x: unknown) => x === 0);
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
