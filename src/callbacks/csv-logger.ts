import { PawlError } from "../core/errors.js";
import { bool, checkArguments, type Fields, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { plainPath } from "../core/paths.js";
import { repr } from "../core/python-number.js";
import type { Json, StateValue } from "../core/stateful.js";
import { commitFile, fileFailure } from "../store/index.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { AppendedFile } from "./appended-file.js";
import { csvLine, parseCsvLine } from "./csv-line.js";

export interface CSVLoggerOptions {
  /** Text between fields. Default ",". */
  separator?: string;
  /** Whether to append to an existing file instead of replacing it. Default false. */
  append?: boolean;
}

const FIELDS: Fields<CSVLoggerOptions> = {
  separator: {
    default: ",",
    parse(value, where) {
      if (typeof value !== "string" || value.length !== 1) throw wrongOption(where, "one character", value);
      return value;
    },
  },
  append: bool(false),
};

/**
 * Writes one row of logs per epoch, exactly as Keras does: the epoch (from 0), then the keys in alphabetical order,
 * `NA` for a missing value. A resumed training continues the file, and replaces rows of epochs that are trained again.
 */
export class CSVLogger extends Callback {
  static readonly className: string = "CSVLogger";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  readonly filename: string;
  readonly options: Resolved<CSVLoggerOptions>;
  #keys: readonly string[] | null = null;
  #hasHeader = false;
  #file: AppendedFile | null = null;

  constructor(filename: FilePath, options?: CSVLoggerOptions) {
    super();
    checkArguments("CSVLogger", ["filename"], filename);
    this.filename = pathOf(filename, "CSVLogger.filename");
    this.options = resolveOptions("CSVLogger", FIELDS, options);
  }

  override async onTrainBegin(_logs: Logs, context: CallbackContext): Promise<void> {
    try {
      await this.#open(context);
    } catch (error) {
      throw error instanceof PawlError ? error : fileFailure("write", this.filename, error);
    }
  }

  async #open({ files, resumed }: CallbackContext): Promise<void> {
    this.#keys = null;
    this.#hasHeader = false;
    this.#file = new AppendedFile(files, this.filename);
    const present = await files.stat(this.filename);
    const goesOn = present !== undefined && (this.options.append || resumed !== null);
    const content = goesOn ? new TextDecoder().decode(await files.readFile(this.filename)) : "";
    const kept = resumed === null ? content : withoutRowsFrom(resumed.epoch, content, this.options.separator);
    if (!goesOn || kept.length < content.length) {
      await commitFile(files, this.filename, new TextEncoder().encode(kept));
    }
    if (kept === "") return;
    this.#hasHeader = true;
    // Keep the columns of the existing file.
    const [first, ...keys] = parseCsvLine(kept.split(/\r?\n/u)[0]!, this.options.separator);
    if (first === "epoch" && keys.length > 0) this.#keys = keys;
  }

  override async onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void> {
    const keys = (this.#keys ??= columns(logs));
    const { separator } = this.options;
    let lines = "";
    if (!this.#hasHeader) lines += csvLine(["epoch", ...keys], separator);
    lines += csvLine(
      [String(epoch), ...keys.map((key) => (Object.hasOwn(logs, key) ? repr(logs[key]!) : "NA"))],
      separator,
    );
    this.#hasHeader = true;
    await this.#write(context, new TextEncoder().encode(lines));
  }

  override async onTrainEnd(_logs: Logs, context: CallbackContext): Promise<void> {
    await this.#write(context);
  }

  /** A full disk does not end the training: rows wait until they can be written. */
  async #write(context: CallbackContext, ...rows: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#file!.add(...rows);
    } catch (error) {
      const { message } = fileFailure("write", this.filename, error);
      context.warn(`Training goes on, but CSVLogger waits to write its rows: ${message}`);
    }
  }

  override identify(): Json {
    return plainPath(this.filename);
  }

  override getState(): StateValue {
    return { json: { keys: this.#keys === null ? null : [...this.#keys] }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    const { keys } = json as { readonly keys: readonly string[] | null };
    // The file's columns win: another training may have started it.
    this.#keys ??= keys;
  }
}

/** The keys of the first logs; if these have no validation, also the keys that validation would add. */
function columns(logs: Logs): string[] {
  const keys = Object.keys(logs).sort();
  const validated = keys.some((key) => key.startsWith("val_"));
  return validated ? keys : [...keys, ...keys.map((key) => `val_${key}`)];
}

/** The file up to the last row of an epoch before `epoch`, without a torn last line. */
function withoutRowsFrom(epoch: number, content: string, separator: string): string {
  const lines = content.split(/(?<=\n)/u);
  if (lines.length > 0 && !lines.at(-1)!.endsWith("\n")) lines.pop();
  while (lines.length > 1) {
    const row = Number(parseCsvLine(lines.at(-1)!.trimEnd(), separator)[0]);
    if (row < epoch) break;
    lines.pop();
  }
  return lines.join("");
}
