import { isConfig } from "../../core/parts.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { betweenRuns } from "../../engine/index.js";
import type { LoopState } from "./loop-state.js";
import { type Part, partName } from "./part.js";

type Setter = () => readonly string[] | Promise<readonly string[]>;

/**
 * Sets the saved states of all parts, or of none. What fits but may fail all the same, a user's own `setState`, comes
 * first; the parts before it get back the state that they had.
 * @returns which saved states have no counterpart, and the other way round
 * @throws {FormatError | StateError} when a state does not fit
 */
export async function restoreParts(
  parts: ReadonlyMap<string, Part>,
  saved: LoopState,
  where: string,
): Promise<readonly string[]> {
  const notes: string[] = [];
  const first: { readonly part: Part; readonly set: Setter }[] = [];
  const last: Setter[] = [];
  const left = new Map(saved.parts.map((each) => [each.name, each]));
  for (const [name, part] of parts) {
    const found = left.get(name);
    left.delete(name);
    if (found === undefined || found.kind !== part.kind) {
      notes.push(`${partName(name)} begins as it is`);
      continue;
    }
    const set = part.prepare({ value: found.value, before: identityIn(saved.identity, name), where });
    if (part.mayFail) first.push({ part, set });
    else last.push(set);
  }
  for (const name of left.keys()) notes.push(`the state of ${partName(name)} is not used`);
  await setAll(first);
  const more = await betweenRuns(() => last.flatMap((set) => set() as readonly string[]));
  return [...notes, ...more];
}

async function setAll(setters: readonly { readonly part: Part; readonly set: Setter }[]): Promise<void> {
  const undo: Setter[] = [];
  try {
    for (const { part, set } of setters) {
      undo.push(part.prepare({ value: copyOf(await part.state()), before: null, where: "" }));
      await set();
    }
  } catch (error) {
    for (const back of undo.reverse()) await Promise.resolve(back()).catch(() => undefined);
    throw error;
  }
}

/** Views of an object's memory would change with it. */
function copyOf({ json, tensors }: StateValue): StateValue {
  return { json, tensors: Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.clone()])) };
}

function identityIn(identity: Json, name: string): Json {
  const parts = isConfig(identity) ? identity["parts"] : null;
  return (isConfig(parts) ? parts[name] : null) ?? null;
}
