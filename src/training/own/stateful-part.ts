import { OptionError, StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { CHANGES, type Json, type StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { isPlainObject } from "../../core/value-text.js";
import { type Part, partName } from "./part.js";
import { decodePlain, encodePlain } from "./plain-state.js";

/** Bytes of a state that is compared at every step; to compare larger ones would cost too much. */
const COMPARED = 1 << 14;

/** An object of a user that gives and takes its state. */
export interface Restorable {
  /** What must be the same where the state is set: sizes, kinds. Default: nothing. */
  spec?(): Json;
  /** Its state as plain data: numbers, texts, lists, objects, Map, Set, typed arrays, Tensors. */
  getState(): unknown;
  /** Sets what {@link getState} gave, in this process or in a later one. */
  setState(state: never): unknown;
}

export function isRestorable(object: object): object is Restorable {
  const { getState, setState } = object as Partial<Restorable>;
  return typeof getState === "function" && typeof setState === "function";
}

export function statefulPart(name: string, object: Restorable): Part {
  const where = `${name}.getState()`;
  return hostPart({
    kind: "stateful",
    object,
    identity: () => ({ spec: specOf(name, object) }),
    async read() {
      const state = await object.getState();
      if (isStateValue(state)) return { json: { plain: false, value: state.json }, tensors: state.tensors };
      const { json, tensors } = encodePlain(state, where);
      return { json: { plain: true, value: json }, tensors };
    },
    async write({ json, tensors }) {
      const { plain = true, value = null } = isConfig(json) ? json : {};
      const own: StateValue = { json: value, tensors };
      try {
        await object.setState((plain ? decodePlain(own) : own) as never);
      } catch (cause) {
        throw new StateError({
          code: "run-part-state",
          what: `setState of ${partName(name)} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
          fix: "Nothing was restored. setState gets what getState of this class gave when the run was saved",
          data: { part: name },
          cause,
        });
      }
    },
  });
}

interface HostOptions extends Pick<Part, "kind" | "object" | "identity"> {
  read(): StateValue | Promise<StateValue>;
  write(value: StateValue): void | Promise<void>;
}

/** A part whose state is in objects of the host, and whose restoring may fail. */
export function hostPart({ read, write, ...part }: HostOptions): Part {
  let isLarge = false;
  return {
    ...part,
    mayFail: true,
    state: read,
    async mark() {
      const { [CHANGES]: changes } = part.object as { readonly [CHANGES]?: number };
      if (changes !== undefined) return String(changes);
      if (isLarge) return null;
      const text = compared(await read());
      isLarge = text === null;
      return text;
    },
    prepare:
      ({ value }) =>
      async () => {
        await write(value);
        return [];
      },
    checkIdle() {},
  };
}

/** The whole state as text; null when it is large. */
function compared({ json, tensors }: StateValue): string | null {
  let bytes = 0;
  for (const { byteLength } of Object.values(tensors)) bytes += byteLength;
  if (bytes > COMPARED) return null;
  const text = JSON.stringify(json);
  if (text.length > COMPARED) return null;
  const contents = Object.entries(tensors).map(([key, { data }]) => {
    if (Array.isArray(data)) return `${key} ${JSON.stringify(data)}`;
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    return `${key} ${new Uint8Array(buffer, byteOffset, byteLength).join()}`;
  });
  return [text, ...contents].join("\n");
}

function isStateValue(state: unknown): state is StateValue {
  if (!isPlainObject(state) || !Object.hasOwn(state, "json") || !isPlainObject(state["tensors"])) return false;
  return Object.keys(state).length === 2 && Object.values(state["tensors"]).every((each) => each instanceof Tensor);
}

function specOf(name: string, object: Restorable): Json {
  if (typeof object.spec !== "function") return null;
  const { json, tensors } = encodePlain(object.spec(), `${name}.spec()`);
  if (Object.keys(tensors).length === 0) return json;
  throw new OptionError({
    code: "run-part-data",
    what: `${name}.spec() is no plain data`,
    received: "arrays",
    expected: "numbers, texts and lists that say what must be the same where the state is set",
    fix: "Give sizes and kinds; values belong into getState",
  });
}
