import { OptionError } from "../../core/errors.js";
import { type Field, type Fields, int, nullable } from "../../core/options.js";
import { type DataFormat, dataFormatField } from "../spatial.js";

/** Borders of images that are given by two of three: before, after, the size that results. */
export function borderField(): Field<number | null> {
  return nullable(int({ min: 0 }));
}

/** The common options of padding and cropping. */
export interface TargetOptions {
  /** Default null: from the other two. */
  readonly targetHeight?: number | null;
  /** Default null: from the other two. */
  readonly targetWidth?: number | null;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

export const TARGET: Fields<TargetOptions> = {
  targetHeight: borderField(),
  targetWidth: borderField(),
  dataFormat: dataFormatField,
};

/**
 * Both borders of a side.
 * @param change what is left over for the borders if the side is to become the target
 * @throws {OptionError} unless exactly two of the three are given, and none comes out negative
 */
export function bordersOf(
  op: string,
  names: readonly [string, string, string],
  [before, after, target]: readonly [number | null, number | null, number | null],
  change: (target: number) => number,
): readonly [number, number] {
  const given = names.map((name, i) => `${name}: ${[before, after, target][i]}`).join(", ");
  if ([before, after, target].filter((one) => one === null).length !== 1) {
    throw new OptionError({
      code: "borders",
      what: `image.${op} needs exactly two of ${names.join(", ")}`,
      received: given,
      fix: "Give two: the third follows",
    });
  }
  const total = target === null ? before! + after! : change(target);
  const pair = [before ?? total - after!, after ?? total - before!] as const;
  if (pair.every((width) => width >= 0)) return pair;
  throw new OptionError({
    code: "borders",
    what: `image.${op} would have a negative border`,
    received: `${given}: borders of ${pair.join(" and ")}`,
    expected: "borders of 0 or more",
  });
}
