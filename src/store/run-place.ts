import { OptionError } from "../core/errors.js";

/** Which checkpoint of a run. */
export type RunPlace =
  | { readonly kind: "newest" | "last-finite" | "best" }
  | { readonly kind: "step"; readonly step: number }
  /** At the end of this many epochs. */
  | { readonly kind: "epoch"; readonly epoch: number };

/** A checkpoint of some run: "runs/a@1200". */
export interface RunReference {
  readonly run: string;
  readonly place: RunPlace;
}

const WORDS = ["newest", "last", "last-finite", "best"] as const;
const EXPECTED = '"newest" (or "last"), "last-finite", "best", "epoch:3", "step:1200", or a number of steps';
const CHECKPOINT = /^(.+)\/checkpoint-\d+-step-(\d+)\.pawl$/;

/** What stands after the "@"; null when it names no place. */
function placeIn(word: string): RunPlace | null {
  const numbered = /^(?:(step|epoch):)?(\d+)$/.exec(word);
  if (numbered !== null) {
    const value = Number(numbered[2]);
    return numbered[1] === "epoch" ? { kind: "epoch", epoch: value } : { kind: "step", step: value };
  }
  const known = WORDS.find((one) => one === word);
  if (known === undefined) return null;
  return { kind: known === "last" ? "newest" : known };
}

/**
 * Takes RUN, RUN@PLACE or the path of a checkpoint's file apart. An existing folder whose name contains an "@" is not
 * split.
 * @throws {OptionError} when what follows the "@" names no place
 */
export async function parseRunReference(
  text: string,
  isFolder: (path: string) => Promise<boolean>,
): Promise<RunReference> {
  const whole = text.replace(/(?<=.)\/+$/, "");
  const file = CHECKPOINT.exec(whole);
  if (file !== null) return { run: file[1]!, place: { kind: "step", step: Number(file[2]) } };
  const at = whole.lastIndexOf("@");
  if (at <= 0 || (await isFolder(whole))) return { run: whole, place: { kind: "newest" } };
  const place = placeIn(whole.slice(at + 1));
  if (place !== null) return { run: whole.slice(0, at).replace(/(?<=.)\/+$/, ""), place };
  throw new OptionError({
    code: "run-place",
    what: `"${text}" does not name a checkpoint`,
    received: `"${whole.slice(at + 1)}" after the @`,
    expected: EXPECTED,
    fix: "E.g. runs/mnist@1200",
  });
}

/** "its best", "step 1200", "epoch 3", for messages. */
export function placeText(place: RunPlace): string {
  if (place.kind === "step") return `step ${place.step}`;
  return place.kind === "epoch" ? `epoch ${place.epoch}` : `its ${place.kind}`;
}
