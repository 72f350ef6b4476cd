import { OptionError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import { DAMAGED } from "./damaged.js";
import { joined, type NumberedStep, type Step } from "./step.js";
import { takenOfAll } from "./taken.js";

type AnyRecord = Readonly<Record<string, unknown>>;

/** Record by record, the fields of all steps in one; as many as the shortest has. */
export function zip(from: readonly Step<object>[]): Step<object> {
  return joined(from, "zip(…)", numbered, (pass, position) => {
    const { all, close } = takenOfAll(from, pass, (position as readonly Json[] | null) ?? from.map(() => null));
    return {
      async next(hint) {
        const runs = await Promise.all(all.map((taken) => taken.take(hint)));
        const count = Math.min(...runs.map(({ records }) => records.length));
        if (count === 0) return null;
        return {
          records: merged(
            runs.map(({ records }) => records),
            count,
          ),
          after: (i) => runs.map((run) => run.after(i)),
          name: (i) => runs[0]!.name(i),
        };
      },
      close,
    };
  });
}

function numbered(from: readonly NumberedStep<object>[]): Pick<NumberedStep<object>, "length" | "access"> {
  return {
    length: Math.min(...from.map(({ length }) => length)),
    access(pass) {
      const all = from.map((step) => step.access(pass));
      return {
        read: async (indexes) => merged(await Promise.all(all.map((access) => access.read(indexes))), indexes.length),
        name: (index) => all[0]!.name(index),
      };
    },
  };
}

function merged(lists: readonly (readonly object[])[], count: number): object[] {
  const isWhole = (record: unknown): boolean => record !== DAMAGED;
  const names = lists.flatMap((list) => Object.keys(list.find(isWhole) ?? {}));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new OptionError({
      code: "zip-fields",
      what: `zip: several of the records have a field "${twice}"`,
      expected: "other fields in each",
      fix: `Rename one with map: ({ ${twice}, ...rest }) => ({ ...rest, ${twice}2: ${twice} })`,
    });
  }
  return Array.from({ length: count }, (_, i) => {
    const parts = lists.map((list) => list[i]!);
    return parts.every(isWhole) ? (Object.assign({}, ...parts) as AnyRecord) : (DAMAGED as unknown as AnyRecord);
  });
}
