import { OptionError } from "../../core/errors.js";
import { type Fields, int, nullable, text } from "../../core/options.js";
import { randomWords, streamOf } from "../../core/philox.js";
import { keyedPermutation } from "./keyed-permutation.js";
import { chosen, type NumberedStep, type Step } from "./step.js";

/** Which records go to which side. */
export interface SplitOptions {
  /** Another choice of records. Default 0. */
  readonly seed?: number;
  /**
   * A field: records with the same value of it lie on the same side (all of a patient's), and stay there when others are
   * added. The sizes are only about as said then. Default null.
   */
  readonly by?: string | null;
  /** A field: each of its values has the same share on both sides (a class). Default null. */
  readonly stratify?: string | null;
}

export const SPLIT: Fields<SplitOptions> = {
  seed: int({}, { default: 0 }),
  by: nullable(text()),
  stratify: nullable(text()),
};

/** How many records are read at once to look at a field. */
const READ = 1024;

/** The numbers of the records on each side, in order. */
export async function split<R extends object>(
  from: NumberedStep<R>,
  fraction: number,
  { seed, by, stratify }: Required<SplitOptions>,
): Promise<[Step<R>, Step<R>]> {
  const isFirst = new Uint8Array(from.length);
  if (by !== null) {
    const values = await fieldOf(from, by);
    for (const [i, value] of values.entries()) isFirst[i] = shareOf(value, seed) < fraction ? 1 : 0;
  } else if (stratify !== null) {
    const members = new Map<string, number[]>();
    for (const [i, value] of (await fieldOf(from, stratify)).entries()) {
      const list = members.get(value);
      if (list === undefined) members.set(value, [i]);
      else list.push(i);
    }
    for (const [value, list] of members) {
      choose(list.length, fraction, seed, `split of ${value}`, (i) => (isFirst[list[i]!] = 1));
    }
  } else choose(from.length, fraction, seed, "split", (i) => (isFirst[i] = 1));
  const side = (which: number): Step<R> => {
    let count = 0;
    for (const bit of isFirst) count += bit === which ? 1 : 0;
    const numbers = new Uint32Array(count);
    for (let i = 0, at = 0; i < isFirst.length; i++) if (isFirst[i] === which) numbers[at++] = i;
    const options = [`seed: ${seed}`, by && `by: ${by}`, stratify && `stratify: ${stratify}`].filter(Boolean);
    const said = `split(${fraction}, { ${options.join(", ")} })[${1 - which}]`;
    return chosen(from, said, count, (i) => numbers[i]!);
  };
  return [side(1), side(0)];
}

function choose(count: number, fraction: number, seed: number, purpose: string, take: (i: number) => void): void {
  const place = keyedPermutation(count, { seed, epoch: 0 }, purpose);
  for (let i = 0; i < Math.round(count * fraction); i++) take(place(i));
}

/** A number in [0, 1) that a value has for ever. */
function shareOf(value: string, seed: number): number {
  const word = new Uint32Array(1);
  randomWords({ seed, stream: streamOf("split", value), iteration: 0 }, 0, word);
  return word[0]! * 2 ** -32;
}

async function fieldOf<R extends object>(from: NumberedStep<R>, field: string): Promise<string[]> {
  const cursor = from.open({ seed: 0, epoch: 0 }, null);
  // Damaged records that are left out go together.
  const values = new Array<string>(from.length).fill("");
  for (let run = await cursor.next(READ); run !== null; run = await cursor.next(READ)) {
    for (const [i, record] of run.records.entries()) {
      const value: unknown = record[field as keyof R];
      if (value === undefined) throw noField(field, run.name(i));
      values[(run.after(i) as number) - 1] = JSON.stringify(value);
    }
  }
  await cursor.close();
  return values;
}

function noField(field: string, record: string): OptionError {
  return new OptionError({
    code: "no-such-field",
    what: `split: there is no field "${field}" in ${record}`,
    fix: "Name a field that all records have",
    data: { field },
  });
}
