import { FormatError, PawlError } from "../../core/errors.js";
import { DAMAGED, LeftOut } from "./damaged.js";
import { after, type NumberedStep, numberedStep, type Step } from "./step.js";

/** Errors of a whole file, or of the machine: no record is damaged. */
const OF_FILES: ReadonlySet<string> = new Set(["no-file", "not-a-file", "data-file", "data-cut-short", "data-changed"]);

const isDamage = (error: unknown): error is PawlError =>
  (error instanceof FormatError && !OF_FILES.has(error.code)) ||
  (error instanceof PawlError && error.code === "record-function");

/** The records that can be made. Damaged ones keep their numbers, and are left out where records are taken. */
export function skipDamaged<R>(from: NumberedStep<R>): Step<R> {
  const leftOut = new LeftOut();
  const said = after(from, 'onError("skip")');
  return numberedStep({
    ...said,
    // Steps behind it draw the random numbers that they draw without it.
    depth: from.depth,
    leftOut: [...said.leftOut, leftOut],
    length: from.length,
    blocks: from.blocks,
    access(pass) {
      const access = from.access(pass);
      const one = async (index: number): Promise<R> => {
        try {
          return (await access.read([index]))[0]!;
        } catch (error) {
          if (!isDamage(error)) throw error;
          leftOut.add(access.name(index), error.message);
          return DAMAGED as R;
        }
      };
      return {
        async read(indexes) {
          try {
            return await access.read(indexes);
          } catch (error) {
            if (!isDamage(error)) throw error;
          }
          const out: R[] = [];
          for (let i = 0; i < indexes.length; i++) out.push(await one(indexes[i]!));
          return out;
        },
        name: (index) => access.name(index),
      };
    },
  });
}
