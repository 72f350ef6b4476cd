import type { Json } from "../../core/stateful.js";

/** The entries that an identity written by an earlier version also has. */
export function knownTo(before: Json, now: Json): Json {
  if (!isObject(before) || !isObject(now)) return now;
  return Object.fromEntries(Object.entries(now).filter(([key]) => Object.hasOwn(before, key)));
}

/** Entries whose values mean nothing to people. */
const FINGERPRINTS = /^(data|validationData|learned\[\d+\])$/;

/** Files by name, each with a digest. */
const FILES = /^(data|validationData)\.parts$/;

/** One line for each entry in which two identities differ; empty when they agree. */
export function differences(before: Json, now: Json, path = ""): string[] {
  if (isObject(before) && isObject(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    if (FILES.test(path)) return keys.flatMap((key) => fileDifference(path.split(".")[0]!, key, before[key], now[key]));
    return keys.flatMap((key) =>
      differences(before[key] ?? null, now[key] ?? null, path === "" ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
    return before.flatMap((item, i) => differences(item as Json, now[i] as Json, `${path}[${i}]`));
  }
  const [a, b] = [JSON.stringify(before), JSON.stringify(now)];
  if (a === b) return [];
  const other = FINGERPRINTS.test(path) && before !== null && now !== null ? " has other contents" : "";
  return [`${path}${other}: was ${short(a)}, is ${short(b)}`];
}

function fileDifference(data: string, name: string, before: Json | undefined, now: Json | undefined): string[] {
  if (before === now) return [];
  const said = before === undefined ? "is new" : now === undefined ? "is missing" : "has other contents";
  return [`${name} of ${data} ${said}`];
}

export function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function short(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
