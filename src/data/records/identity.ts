import { sha256, toHex } from "../../core/sha256.js";
import type { Json } from "../../core/stateful.js";
import type { DataPart, RecordSource } from "./source.js";

/** Most files that a run's identity names one by one: it is a part of every checkpoint. */
const MOST = 500;

const utf8 = new TextEncoder();

/** What records are made of, for a run's identity: the steps, and a digest for each file by its name. */
export async function dataIdentity(described: string, sources: readonly RecordSource<unknown>[]): Promise<Json> {
  const all = await Promise.all(sources.map((source) => source.parts()));
  let parts = all.flat();
  // Files of one folder go together where there are too many, then folders of one folder.
  while (parts.length > MOST && parts.some(({ name }) => folderOf(name) !== name)) parts = await byFolder(parts);
  if (parts.length > MOST) parts = [{ name: `${parts.length} parts`, digest: await digestOf(parts) }];
  const names = new Map<string, string>();
  for (const { name, digest } of parts) {
    // The same file may be read twice; two that have one name stay apart.
    let unique = name;
    for (let i = 2; names.has(unique) && names.get(unique) !== digest; i++) unique = `${name} (${i})`;
    names.set(unique, digest);
  }
  return { steps: described, parts: Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

async function byFolder(parts: readonly DataPart[]): Promise<DataPart[]> {
  const folders = new Map<string, DataPart[]>();
  for (const part of parts) {
    const folder = folderOf(part.name);
    const inside = folders.get(folder);
    if (inside === undefined) folders.set(folder, [part]);
    else inside.push(part);
  }
  return Promise.all(
    [...folders].map(async ([name, inside]) =>
      inside.length === 1 && inside[0]!.name === name ? inside[0]! : { name, digest: await digestOf(inside) },
    ),
  );
}

/** "a/b/c.png" lies in "a/b/", that in "a/". */
function folderOf(name: string): string {
  const end = name.lastIndexOf("/", name.length - 2);
  return end <= 0 ? name : name.slice(0, end + 1);
}

async function digestOf(parts: readonly DataPart[]): Promise<string> {
  const lines = parts.map(({ name, digest }) => `${name}\n${digest}\n`).sort();
  return toHex(await sha256([utf8.encode(lines.join(""))])).slice(0, 32);
}
