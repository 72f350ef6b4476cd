import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { CallbackMark, CallbackState } from "../state/train-state.js";
import { type Callback, callbackName } from "./callback.js";

/** What distinguishes a callback from all others, in this process and in a later one. */
export function markOf(callback: Callback): CallbackMark {
  return { className: callbackName(callback), identity: callback.identify(), options: optionsOf(callback) };
}

/** The plain data among its public options. */
function optionsOf(callback: Callback): Json {
  const { options } = callback as { readonly options?: unknown };
  if (!isConfig(options)) return null;
  return Object.fromEntries(Object.entries(options).flatMap(([key, value]) => (isPlain(value) ? [[key, value]] : [])));
}

function isPlain(value: unknown): value is Json {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}

/** Whether the callbacks of two marks have the same class and identity. */
export function sameCallback(a: CallbackMark, b: CallbackMark): boolean {
  return groupOf(a) === groupOf(b);
}

/** Whether they also have the same options. */
export function sameMark(a: CallbackMark, b: CallbackMark): boolean {
  return sameCallback(a, b) && keyOf(a.options) === keyOf(b.options);
}

/** Whether a callback is unchanged since the mark was taken; also works before its first hook. */
export function isUnchanged(mark: CallbackMark, callback: Callback): boolean {
  if (callbackName(callback) !== mark.className) return false;
  const options = optionsOf(callback);
  return options === null
    ? keyOf(callback.identify()) === keyOf(mark.identity)
    : keyOf(options) === keyOf(mark.options);
}

/** How messages call a callback: `EarlyStopping (monitor "val_loss")`. */
export function markText({ className, identity }: CallbackMark): string {
  if (identity === null) return className;
  if (!isConfig(identity)) return `${className} (${JSON.stringify(identity)})`;
  const said = Object.entries(identity).filter(([, value]) => value !== null);
  return `${className} (${said.map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(", ")})`;
}

/** Which saved state belongs to which callback. */
export interface MatchedStates {
  readonly pairs: readonly (readonly [Callback, CallbackState])[];
  /** What the user should know, each a part of a sentence. */
  readonly notes: readonly string[];
}

/**
 * Matches saved states to callbacks by class and identity; where several have the same, by equal options; where these
 * are equal too and their number has not changed, by order. Never by place in the whole list.
 */
export function matchStates(callbacks: readonly Callback[], states: readonly CallbackState[]): MatchedStates {
  const present = callbacks.map((callback) => ({ callback, mark: markOf(callback) }));
  const pairs: [Callback, CallbackState][] = [];
  const notes: string[] = [];
  const lost: CallbackState[] = [];
  const anew: CallbackMark[] = [];
  for (const group of new Set(states.map(groupOf))) {
    const saved = states.filter((state) => groupOf(state) === group);
    const takers = present.filter(({ mark }) => groupOf(mark) === group);
    const take = (state: CallbackState, index: number): void => {
      pairs.push([takers.splice(index, 1)[0]!.callback, state]);
      saved.splice(saved.indexOf(state), 1);
    };
    if (saved.length > 1 || takers.length > 1) {
      for (const state of [...saved]) {
        const index = takers.findIndex(({ mark }) => sameMark(mark, state));
        if (index >= 0 && state.options !== null) take(state, index);
      }
    }
    if (saved.length === takers.length) {
      if (saved.length > 1)
        notes.push(
          `${saved.length} callbacks ${saved[0]!.className} say nothing to tell them apart, so their states went by their order (let identify() return a name)`,
        );
      for (const state of [...saved]) take(state, 0);
    }
    lost.push(...saved);
    anew.push(...takers.map(({ mark }) => mark));
  }
  // A missing callback that only watches needs no word, unless another of its class starts without a state.
  const others = present.filter(
    ({ callback, mark }) => !pairs.some(([taker]) => taker === callback) && !anew.includes(mark),
  );
  for (const { className } of lost)
    anew.push(
      ...others.filter(({ mark }) => mark.className === className && !anew.includes(mark)).map(({ mark }) => mark),
    );
  const missed = lost.filter(
    (state) => !state.watchesOnly || anew.some(({ className }) => className === state.className),
  );
  if (missed.length > 0) notes.push(`the saved state of ${missed.map(markText).join(", ")} found no such callback`);
  if (anew.length > 0) notes.push(`${anew.map(markText).join(", ")} ${anew.length === 1 ? "begins" : "begin"} anew`);
  return { pairs, notes };
}

function groupOf({ className, identity }: CallbackMark): string {
  return keyOf([className, identity]);
}

/** JSON with sorted keys: equal for equal data. */
function keyOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item) => keyOf(item as Json)).join()}]`;
  if (!isConfig(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${keyOf((value as { [key: string]: Json })[key]!)}`).join()}}`;
}
