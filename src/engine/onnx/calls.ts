import type { Value } from "../../graph/value.js";
import type { Places } from "../places.js";
import type { Slot } from "../session.js";
import { timed } from "./profile.js";

/** A place that a call reads or writes; that of a variable changes from run to run, and is asked for each time. */
export type Place = readonly [Value | null, Slot];

type Execute<R> = (inputs: readonly Slot[], outputs: readonly Slot[]) => R;

/** One call of a session or kernel, for one shard. */
export interface Call {
  /** For profiles. */
  readonly name: string;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
  readonly execute: Execute<void | Promise<void>>;
  /** The same on another thread. */
  readonly aside?: Execute<Promise<void>>;
}

/** Calls that follow each other; chains of one phase (one for each shard) know nothing of each other. */
export type Phase = readonly (readonly Call[])[];

/** A call that took longer than this, in milliseconds, leaves the thread to others when it comes again. */
const LONG = 4;
const long = new WeakSet<Call>();

function note(call: Call, start: number): void {
  if (performance.now() - start > LONG) long.add(call);
  else long.delete(call);
}

/** Does the phases one after the other, of each as many chains as there are workers at the same time. */
export async function perform(phases: readonly Phase[], places: Places, workers: number): Promise<void> {
  for (const phase of phases) {
    if (phase.length > 1) await performTogether(phase, places, workers);
    else
      for (const call of phase[0]!) {
        const pending = performOne(call, places, long.has(call));
        if (pending !== undefined) await pending;
      }
  }
}

/** Ends when all have ended: what a call writes to must not change hands before. */
async function performTogether(chains: Phase, places: Places, workers: number): Promise<void> {
  const pending = [...chains];
  let failure: { readonly error: unknown } | null = null;
  const work = async (): Promise<void> => {
    for (let chain = pending.shift(); chain !== undefined; chain = pending.shift()) {
      for (const call of chain) {
        if (failure !== null) return;
        try {
          await performOne(call, places, true);
        } catch (error) {
          failure ??= { error };
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, chains.length) }, work));
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

function performOne(call: Call, places: Places, elsewhere: boolean): void | Promise<void> {
  const inputs = call.inputs.map((place) => slotOf(place, places));
  const outputs = call.outputs.map((place) => slotOf(place, places));
  const execute = elsewhere && call.aside !== undefined ? call.aside : call.execute;
  if (call.aside === undefined) return timed(call.name, () => execute(inputs, outputs));
  const start = performance.now();
  const pending = timed(call.name, () => execute(inputs, outputs));
  if (pending === undefined) note(call, start);
  else return pending.then(() => note(call, start));
}

const slotOf = ([value, slot]: Place, places: Places): Slot => (value === null ? slot : places.slot(value, 0));
