import { isConfig } from "../core/parts.js";
import type { Json, StateValue } from "../core/stateful.js";
import { decodeTrainState } from "../training/state/train-state.js";
import type { Collected } from "./types.js";

const FILE = "vocabulary.txt";

/** What layers have learned from data, by their places in Keras's files. */
export function learnedByPlace({
  objects,
  state,
}: Pick<Collected, "objects" | "state">): ReadonlyMap<string, StateValue> {
  const places = objects.filter(({ learns }) => learns !== undefined);
  if (places.length === 0 || state === null) return new Map();
  const { learned } = decodeTrainState(state);
  return new Map(
    places.flatMap(({ path, learns }) => {
      const own = learned[learns!];
      return own ? [[path, own] as const] : [];
    }),
  );
}

/** The files of a `.keras` archive in which Keras looks for vocabularies: an entry in each line. */
export function assetsOf(
  learned: ReadonlyMap<string, StateValue>,
): { readonly name: string; readonly bytes: Uint8Array }[] {
  const text = new TextEncoder();
  return [...learned].flatMap(([path, { json }]) => {
    const vocabulary = isConfig(json) ? json["vocabulary"] : null;
    if (!Array.isArray(vocabulary)) return [];
    return [{ name: `assets/${path}/${FILE}`, bytes: text.encode((vocabulary as readonly Json[]).join("\n")) }];
  });
}

/** Adds the vocabularies in an archive to what the weights inside have. */
export function withAssets(
  learned: ReadonlyMap<string, StateValue>,
  entries: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, StateValue> {
  const all = new Map(learned);
  const text = new TextDecoder();
  for (const [name, bytes] of entries) {
    const path = /^assets\/(.*)\/vocabulary\.txt$/.exec(name.replaceAll("\\", "/"))?.[1];
    if (path === undefined) continue;
    all.set(path, { json: { lines: linesOf(text.decode(bytes)) }, tensors: all.get(path)?.tensors ?? {} });
  }
  return all;
}

/** As Python splits lines; whether an empty one at the end is an entry, the layer knows. */
function linesOf(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes them for ends of lines
  return text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
}
