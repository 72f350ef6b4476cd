import { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import { sha256, toHex } from "../core/sha256.js";
import { TRAILER_BYTES } from "../formats/trailer.js";
import { parseConfig } from "./plain-json.js";

/** The ending of the file that names the others. */
export const INDEX_ENDING = ".weights.json";

/** Name of the group that holds Pawl's own state in shards. One shard alone does not have all of it. */
export const SHARD_STATE = "pawl_shard";

/** A shard's bytes as the index vouches for them: the digest in its trailer. */
export type ShardDigests = Readonly<Record<string, string>>;

/** What the index of sharded weights says. */
export interface ShardIndex {
  /** Names of the shards, in the order in which they are named first. */
  readonly shards: readonly string[];
  /** Of an index that Pawl wrote, as it wrote it. */
  readonly digests: ShardDigests | null;
  /** Pawl wrote it, and it was changed since. */
  readonly edited: boolean;
}

/** Where tensors lie: names of shards by the path of their group, e.g. "/layers/dense/vars". */
export type WeightMap = ReadonlyMap<string, readonly string[]>;

/** The SHA-256 at a shard's end. */
export function digestIn(file: Uint8Array): string {
  return toHex(file.subarray(file.length - TRAILER_BYTES / 2));
}

const NO_DIGEST = "0".repeat(64);

/** Keras's index, with the digests of the shards and of the index itself where Keras looks for nothing. */
export async function encodeIndex(map: WeightMap, totalBytes: number, shards: ShardDigests): Promise<Uint8Array> {
  const text = (digest: string): Uint8Array =>
    new TextEncoder().encode(
      JSON.stringify(
        {
          metadata: { total_size: totalBytes, pawl: { version: 1, digest, shards } },
          weight_map: Object.fromEntries(
            Array.from(map, ([path, names]) => [path, names.length > 1 ? names : names[0]!]),
          ),
        },
        null,
        4,
      ),
    );
  return text(toHex(await sha256([text(NO_DIGEST)])));
}

/** @throws {FormatError} when it is no index, or names anything but files beside it */
export async function decodeIndex(
  bytes: Uint8Array,
  file: string,
  budget: Budget = new Budget(bytes.length),
): Promise<ShardIndex> {
  const json = parseConfig(bytes, `"${file}"`, budget);
  const map = isConfig(json) ? json["weight_map"] : undefined;
  if (!isConfig(map)) throw malformed(file, "no weight_map");
  const shards = new Set<string>();
  for (const [path, value] of Object.entries(map)) {
    for (const name of Array.isArray(value) ? (value as unknown[]) : [value]) shards.add(checkName(name, path, file));
  }
  const metadata = isConfig(json) && isConfig(json["metadata"]) ? json["metadata"] : {};
  const own = isConfig(metadata["pawl"]) ? metadata["pawl"] : null;
  if (own === null) return { shards: [...shards], digests: null, edited: false };
  return { shards: [...shards], digests: digestsIn(own), edited: !(await isAsWritten(bytes, own)) };
}

async function isAsWritten(bytes: Uint8Array, own: Config): Promise<boolean> {
  const { digest } = own;
  if (typeof digest !== "string" || !/^[0-9a-f]{64}$/.test(digest)) return false;
  const text = new TextDecoder().decode(bytes);
  // Once for all: a digest does not occur in a text by chance.
  return toHex(await sha256([new TextEncoder().encode(text.replace(digest, NO_DIGEST))])) === digest;
}

function digestsIn(own: Config): ShardDigests {
  const { shards } = own;
  const entries = Object.entries(isConfig(shards) ? shards : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** Shards lie beside their index: a name that leads elsewhere is nothing that Keras or Pawl writes. */
function checkName(name: unknown, path: string, file: string): string {
  if (typeof name === "string" && /^[^/\\:\0]+\.weights\.h5$/.test(name) && !name.startsWith("..")) return name;
  throw new FormatError({
    code: "shard-name",
    what: `"${file}" says that "${path}" lies in something that is no shard`,
    received: JSON.stringify(name)?.slice(0, 100) ?? "nothing",
    expected: "the name of a .weights.h5 file in the same folder",
    fix: "No Keras writes that: do not trust the file",
  });
}

function malformed(file: string, received: string): FormatError {
  return new FormatError({
    code: "shard-index",
    what: `"${file}" is no index of sharded weights`,
    received,
    expected: '{ "metadata": …, "weight_map": { "/layers/…/vars": "x_00000.weights.h5", … } }',
  });
}
