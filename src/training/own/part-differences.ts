import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { differences } from "../state/differences.js";
import { partName } from "./part.js";

/** One line for each difference between two identities of a loop: parts that are missing, new, or not as before. */
export function partDifferences(before: Json, now: Json): string[] {
  const [was, is] = [partsIn(before), partsIn(now)];
  const lines: string[] = [];
  for (const name of Object.keys(was))
    if (!Object.hasOwn(is, name)) lines.push(`${partName(name)} is not given any more`);
  for (const [name, part] of Object.entries(is)) {
    if (!Object.hasOwn(was, name)) {
      lines.push(`${partName(name)} is new`);
      continue;
    }
    const [then, kind] = [kindIn(was[name]!), kindIn(part)];
    if (then !== kind) lines.push(`${partName(name)} was ${nounOf(then)}, is ${nounOf(kind)}`);
    else lines.push(...differences(was[name]!, part, name));
  }
  return [...differences(seedIn(before), seedIn(now)), ...lines];
}

const partsIn = (identity: Json): { readonly [name: string]: Json } =>
  isConfig(identity) && isConfig(identity["parts"]) ? identity["parts"] : {};
/** Kinds as messages name them. */
const NOUNS: Readonly<Record<string, string>> = {
  model: "a model",
  optimizer: "an optimizer",
  layer: "a layer",
  metric: "a metric",
  variable: "a Variable",
  stateful: "an object with getState and setState",
  data: "plain data",
};

const nounOf = (kind: Json): string => NOUNS[String(kind)] ?? String(kind);
const kindIn = (part: Json): Json => (isConfig(part) ? (part["kind"] ?? null) : null);
const seedIn = (identity: Json): Json => ({ seed: isConfig(identity) ? (identity["seed"] ?? null) : null });
