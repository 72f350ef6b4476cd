import { StateError } from "../../core/errors.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import { type Part, partName } from "./part.js";
import { decodePlain, encodePlain } from "./plain-state.js";
import { hostPart } from "./stateful-part.js";

/** Whether it is data that can be restored in place: an object, a list, a Map, a Set, a typed array. */
export function isPlainPart(object: object): boolean {
  const isArray = ArrayBuffer.isView(object) && !(object instanceof DataView);
  return isPlainObject(object) || Array.isArray(object) || object instanceof Map || object instanceof Set || isArray;
}

/** Plain data, e.g. counters: `{ episodes: 0, best: 0 }`. The object stays the same, its contents are set. */
export function plainPart(name: string, object: object): Part {
  return hostPart({
    kind: "data",
    object,
    identity: () => null,
    read: () => encodePlain(object, name),
    write: (value) => fill(name, object, decodePlain(value)),
  });
}

function fill(name: string, object: object, state: unknown): void {
  if (ArrayBuffer.isView(object)) {
    const [into, from] = [object as Float32Array, state as Float32Array];
    if (into.constructor !== from?.constructor || into.length !== from.length) throw otherKind(name, object, state);
    into.set(from);
  } else if (Array.isArray(object) && Array.isArray(state)) {
    object.length = 0;
    for (const item of state as unknown[]) object.push(item);
  } else if (object instanceof Map && state instanceof Map) {
    object.clear();
    for (const [key, value] of state) object.set(key, value);
  } else if (object instanceof Set && state instanceof Set) {
    object.clear();
    for (const value of state) object.add(value);
  } else if (isPlainObject(object) && isPlainObject(state)) {
    for (const key of Object.keys(object)) if (!Object.hasOwn(state, key)) delete object[key];
    for (const [key, value] of Object.entries(state)) {
      if (Object.hasOwn(object, key)) object[key] = value;
      else Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
    }
  } else throw otherKind(name, object, state);
}

function otherKind(name: string, object: object, state: unknown): StateError {
  return new StateError({
    code: "run-part-state",
    what: `The saved state of ${partName(name)} does not fit it`,
    received: valueText(state),
    expected: valueText(object),
    fix: "Give a part of the same kind and size as before, or another name for another part",
    data: { part: name },
  });
}
