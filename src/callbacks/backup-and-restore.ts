import { bool, checkArguments, type Field, type Fields, resolveOptions, wrongOption } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { Callback } from "../training/hooks/callback.js";
import { type ResolvedRun, resolveRun } from "../training/options/run-options.js";

export interface BackupAndRestoreOptions {
  /** "epoch": save after each epoch; n: also after every n batches, counted across epochs. Default "epoch". */
  saveFreq?: "epoch" | number;
  /** Whether to keep the last two backups instead of one. Default false. */
  doubleCheckpoint?: boolean;
  /** Whether to delete the backup when the training ends. Default true. */
  deleteCheckpoint?: boolean;
}

const saveFreqField: Field<"epoch" | number> = {
  default: "epoch",
  parse(value, where) {
    if (value === "epoch" || (typeof value === "number" && Number.isInteger(value) && value >= 1)) return value;
    throw wrongOption(where, '"epoch" or a number of batches', value);
  },
};

const FIELDS: Fields<BackupAndRestoreOptions> = {
  saveFreq: saveFreqField,
  doubleCheckpoint: bool(false),
  deleteCheckpoint: bool(true),
};

/**
 * Makes a training survive interruptions: the whole state is saved in `backupDir`, and the same call of `fit`, started
 * again after a crash, continues from there. It is `fit({ run })` with Keras's arguments.
 *
 * Unlike in Keras, a backup in mid-epoch continues at exactly the next batch, it holds the whole state (also of
 * callbacks, metrics, random numbers and data, and the history), a backup of another training is refused, and a later
 * `fit` starts where its options say.
 */
export class BackupAndRestore extends Callback {
  static readonly className: string = "BackupAndRestore";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  override readonly durable: ResolvedRun;
  readonly backupDir: string;

  /** @throws {OptionError} for wrong options */
  constructor(backupDir: FilePath, options?: BackupAndRestoreOptions) {
    super();
    const resolved = resolveOptions("BackupAndRestore", FIELDS, options);
    const { saveFreq, doubleCheckpoint, deleteCheckpoint } = resolved;
    checkArguments("BackupAndRestore", ["backupDir"], backupDir);
    this.backupDir = pathOf(backupDir, "BackupAndRestore.backupDir");
    const run = resolveRun("BackupAndRestore", {
      dir: this.backupDir,
      every: { steps: saveFreq === "epoch" ? null : saveFreq },
      keep: doubleCheckpoint ? 2 : 1,
    });
    this.durable = { ...run, deleteAtEnd: deleteCheckpoint };
  }
}
