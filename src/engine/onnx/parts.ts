import type { Value } from "../../graph/value.js";
import type { Part } from "../crew/score.js";
import { type Kernel, runKernel } from "../kernels/kernel.js";
import type { Places } from "../places.js";
import type { Binding, Slot } from "../session.js";
import { callWhole, type WasmCall } from "../wasm/call.js";
import { timed } from "./profile.js";

/** A place that a part reads or writes; a variable's place changes from run to run, so it is looked up each time. */
export type Place = readonly [Value | null, Slot];

const slotOf = ([value, slot]: Place, places: Places): Slot => (value === null ? slot : places.slot(value, 0));

/** The places that a part works on, for one batch size. */
export interface Ends {
  readonly name: string;
  readonly places: Places;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
}

const changing = ({ inputs, outputs }: Ends): boolean => [...inputs, ...outputs].some(([value]) => value !== null);

export function sessionPart(ends: Ends, binding: Binding): Part {
  const { name, places, inputs, outputs } = ends;
  return {
    name,
    changes: changing(ends),
    session: binding.foreign,
    place() {
      binding.place(
        inputs.map((place) => slotOf(place, places)),
        outputs.map((place) => slotOf(place, places)),
      );
      return null;
    },
    run: () => timed(name, () => binding.run()),
    explain: (_code, text) => binding.explain(text),
  };
}

export function kernelPart(ends: Ends, kernel: Kernel): Part {
  const { name, places } = ends;
  let inputs: Slot[] = [];
  let outputs: Slot[] = [];
  return {
    name,
    changes: changing(ends),
    session: null,
    place() {
      inputs = ends.inputs.map((place) => slotOf(place, places));
      outputs = ends.outputs.map((place) => slotOf(place, places));
      return kernel.call(inputs, outputs);
    },
    run: () => timed(name, () => runKernel(kernel, inputs, outputs)),
    explain: (code, text) => (code === 0 ? new Error(text) : kernel.explain!(code, inputs, outputs)),
  };
}

/** A call that is made anew for each run; null: nothing to do. */
export function callPart(name: string, make: () => WasmCall): Part {
  let call = make();
  return {
    name,
    changes: true,
    session: null,
    place: () => (call = make()),
    run: () => void timed(name, () => callWhole(call)),
    explain: (_code, text) => new Error(text),
  };
}
