import { OptionError } from "../../core/errors.js";
import { bool, type Fields, float, int, nullable, oneOf, type Resolved, wrongOption } from "../../core/options.js";
import { namesField } from "./columns.js";

/** How folders of examples become labels, and which of the files are taken: as in Keras. */
export interface FolderOptions {
  /**
   * "inferred" (the default): the folders in the directory are the classes. Or the label of each file, in the order of
   * their paths. null: no labels, of files in any folder.
   */
  readonly labels?: "inferred" | readonly number[] | null;
  /**
   * "int" (the default): a number; "categorical": a list with 1 at the class; "binary": 0 or 1, for two classes, as a list of
   * one. null: no labels.
   */
  readonly labelMode?: "int" | "categorical" | "binary" | null;
  /** Names of the folders that are classes, in the order of their labels. Default null: all, in the order of the alphabet. */
  readonly classNames?: readonly string[] | null;
  /** Whether files are mixed before they are split. Default true. */
  readonly shuffle?: boolean;
  /** 0 to 2^32 - 1, needed for shuffled data that is split. The same seed splits as in Keras. Default null: 0. */
  readonly seed?: number | null;
  /** The part of the files that is held back, above 0 and below 1. Default null: none. */
  readonly validationSplit?: number | null;
  /** Which part is wanted when the files are split. Default null. */
  readonly subset?: "training" | "validation" | null;
  /** Whether folders that are links are looked into. Default false. */
  readonly followLinks?: boolean;
}

export const FOLDER: Fields<FolderOptions> = {
  labels: {
    default: "inferred",
    parse(value, where) {
      if (value === null || value === "inferred") return value;
      if (Array.isArray(value) && value.every((label) => Number.isInteger(label) && label >= 0)) return value;
      throw wrongOption(where, '"inferred", a list of whole numbers from 0, or null', value);
    },
  },
  labelMode: nullable(oneOf(["int", "categorical", "binary"]), { default: "int" }),
  classNames: namesField("a list of different names of folders, or null"),
  shuffle: bool(true),
  seed: nullable(int({ min: 0, max: 0xffff_ffff })),
  validationSplit: nullable({
    ...float({}),
    parse(value, where) {
      if (typeof value === "number" && value > 0 && value < 1) return value;
      throw wrongOption(where, "a number above 0 and below 1", value);
    },
  }),
  subset: nullable(oneOf(["training", "validation"])),
  followLinks: bool(false),
};

/** @throws {OptionError} for options that need each other */
export function checkFolderOptions(
  owner: string,
  { labels, classNames, validationSplit, subset, shuffle, seed }: Resolved<FolderOptions>,
): void {
  const refuse = (what: string, received: string, fix: string): OptionError =>
    new OptionError({ code: "folder-options", what: `${owner}: ${what}`, received, fix });
  if (classNames !== null && labels !== "inferred") {
    throw refuse(
      "classNames names the folders that labels are inferred from",
      `classNames and labels: ${labels === null ? "null" : "a list"}`,
      "Leave one of them out",
    );
  }
  if ((validationSplit === null) !== (subset === null)) {
    throw refuse(
      "validationSplit and subset belong together",
      validationSplit === null ? "subset alone" : "validationSplit alone",
      'Give both, e.g. validationSplit: 0.2, subset: "training"',
    );
  }
  if (validationSplit !== null && shuffle && seed === null) {
    throw refuse(
      "a split of mixed files needs a seed, so that the parts do not overlap",
      "shuffle: true, seed: null",
      "Give a seed, the same for both parts, or shuffle: false",
    );
  }
}
