import { sameDims } from "../../graph/fit.js";
import type { Value } from "../../graph/value.js";
import type { Part } from "../crew/score.js";
import { type Kernel, runKernel } from "../kernels/kernel.js";
import type { Places } from "../places.js";
import type { Duty } from "../profile/duty.js";
import type { Binding, Slot } from "../session.js";
import { callWhole, type WasmCall } from "../wasm/call.js";

/**
 * A place that a part reads or writes; a variable's place changes from run to run, so it is looked up each time. The slot
 * has the dimensions that the part sees.
 */
export type Place = readonly [Value | null, Slot];

/** The places that a part works on, for one batch size. */
export interface Ends {
  readonly name: string;
  readonly duty: Duty | null;
  readonly places: Places;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
}

/** The places of a part as they are now. Most of them stay as they are, so only the others are looked at. */
class Present {
  readonly inputs: Slot[];
  readonly outputs: Slot[];
  readonly #places: Places;
  readonly #moving: readonly { readonly value: Value; readonly among: Slot[]; readonly index: number; last: Slot }[];
  #isFirst = true;

  constructor({ places, inputs, outputs }: Ends) {
    this.inputs = inputs.map(([, slot]) => slot);
    this.outputs = outputs.map(([, slot]) => slot);
    this.#places = places;
    const movingOf = (ends: readonly Place[], among: Slot[]) =>
      ends.flatMap(([value, last], index) => (value === null ? [] : [{ value, among, index, last }]));
    this.#moving = [...movingOf(inputs, this.inputs), ...movingOf(outputs, this.outputs)];
  }

  /** Whether places can change from run to run. */
  get changes(): boolean {
    return this.#moving.length > 0;
  }

  /** Looks again. Returns whether anything has moved since the last time; the first time, it has. */
  look(): boolean {
    let hasMoved = this.#isFirst;
    this.#isFirst = false;
    for (const moving of this.#moving) {
      const { value, among, index } = moving;
      const slot = this.#places.slot(value, 0);
      if (moving.last === slot) continue;
      moving.last = slot;
      among[index] = seenAs(slot, among[index]!.dims);
      hasMoved = true;
    }
    return hasMoved;
  }
}

/** Places with other dimensions than their value's. Machines remember slots, so each must stay one object. */
const reshaped = new WeakMap<Slot, Slot>();

function seenAs(slot: Slot, dims: readonly number[]): Slot {
  if (sameDims(slot.dims, dims)) return slot;
  let known = reshaped.get(slot);
  if (known === undefined || !sameDims(known.dims, dims)) reshaped.set(slot, (known = { ...slot, dims }));
  return known;
}

export function sessionPart(ends: Ends, binding: Binding): Part {
  const { name, duty } = ends;
  const present = new Present(ends);
  return {
    name,
    duty,
    changes: present.changes,
    session: binding.foreign,
    place() {
      if (present.look()) binding.place(present.inputs, present.outputs);
      return null;
    },
    run: () => binding.run(),
    explain: (_code, text) => binding.explain(text),
  };
}

export function kernelPart(ends: Ends, kernel: Kernel): Part {
  const { name, duty } = ends;
  const present = new Present(ends);
  const { inputs, outputs } = present;
  let call: WasmCall | null = null;
  return {
    name,
    duty,
    changes: present.changes,
    session: null,
    place() {
      if (present.look()) call = kernel.call(inputs, outputs);
      return call;
    },
    run: () => runKernel(kernel, inputs, outputs, call),
    explain: (code, text) => (code === 0 ? new Error(text) : kernel.explain!(code, inputs, outputs)),
  };
}

/** A call that is made anew for each run; null: nothing to do. */
export function callPart(name: string, make: () => WasmCall): Part {
  let call = make();
  return {
    name,
    duty: null,
    changes: true,
    session: null,
    place: () => (call = make()),
    run: () => void callWhole(call),
    explain: (_code, text) => new Error(text),
  };
}
