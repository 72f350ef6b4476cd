import { type Config, isConfig } from "../../core/parts.js";
import { sha256, toHex } from "../../core/sha256.js";
import type { Json } from "../../core/stateful.js";

/** The member of a model.json that TensorFlow.js does not look for. */
export const OWN = "pawl";

/** What Pawl writes there beside the digest of the whole. */
export interface OwnMember {
  /** SHA-256 of each file by its name. */
  readonly files: Readonly<Record<string, string>>;
  /** The file with Pawl's state. */
  readonly state: string;
  /** The model as `.keras` files have it: exact, where TensorFlow.js has no words. */
  readonly model: Config;
}

/** What `generatedBy` begins with in a model.json of Pawl's. */
export const GENERATOR = "Pawl ";

const NO_DIGEST = "0".repeat(64);

/** The text of a model.json with a digest of itself in it. */
export async function sealed(members: { readonly [key: string]: Json }, own: OwnMember): Promise<Uint8Array> {
  const text = (digest: string): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ ...members, [OWN]: { version: 1, digest, ...own } }));
  return text(toHex(await sha256([text(NO_DIGEST)])));
}

/** What Pawl wrote in a model.json, and whether all of that is as it was written; null for one that others wrote. */
export async function ownIn(
  json: Config,
  bytes: Uint8Array,
): Promise<{ readonly member: OwnMember; readonly intact: boolean } | null> {
  const own = json[OWN];
  if (!isConfig(own)) return null;
  const { digest, files, state, model } = own;
  const member: OwnMember = {
    files: Object.fromEntries(
      Object.entries(isConfig(files) ? files : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    ),
    state: typeof state === "string" ? state : "",
    model: isConfig(model) ? model : {},
  };
  if (typeof digest !== "string" || !/^[0-9a-f]{64}$/.test(digest)) return { member, intact: false };
  const text = new TextDecoder().decode(bytes);
  // Once for all: a digest does not occur in a text by chance.
  const before = new TextEncoder().encode(text.replace(digest, NO_DIGEST));
  return { member, intact: toHex(await sha256([before])) === digest };
}

/** The digest of a file as {@link OwnMember} has it. */
export const digestOf = async (parts: readonly Uint8Array[]): Promise<string> => toHex(await sha256(parts));
