import { shownJson } from "../core/shown.js";

/** Exit codes of the command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, damaged: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The output of a command, and its style. */
export interface Terminal {
  /** Whether to print one JSON object on stdout instead of text for people. */
  readonly json: boolean;
  /** Prints text for people. */
  print(line: string): void;
  /** Prints the object of --json. */
  printJson(value: unknown): void;
  /** Prints an object of --json on a line of its own, for commands that go on. */
  printJsonLine(value: unknown): void;
  warn(line: string): void;
  readonly paint: Paint;
}

/** Colours, if wanted: NO_COLOR decides first, then FORCE_COLOR, then whether stdout is a terminal. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

export function openTerminal(json: boolean): Terminal {
  return {
    json,
    print: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    printJson: (value) => {
      if (json) process.stdout.write(`${shownJson(value)}\n`);
    },
    printJsonLine: (value) => {
      if (json) process.stdout.write(`${shownJson(value, 0)}\n`);
    },
    warn: (line) => {
      process.stderr.write(`${line}\n`);
    },
    paint: paintFor(hasColor()),
  };
}

function hasColor(): boolean {
  const { NO_COLOR: off, FORCE_COLOR: on, TERM: term } = process.env as { [name: string]: string | undefined };
  if (off !== undefined && off !== "") return false;
  if (on !== undefined && on !== "") return on !== "0";
  return process.stdout.isTTY === true && term !== "dumb";
}

function paintFor(color: boolean): Paint {
  const wrap =
    (on: number, off: number) =>
    (text: string): string =>
      color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), green: wrap(32, 39), yellow: wrap(33, 39), red: wrap(31, 39) };
}

/** Aligns rows in columns as wide as their longest cell. `paint` gets the padded cell. */
export function columns(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, cell.length)),
    [],
  );
  return rows.map((row, at) =>
    row
      .map((cell, i) => paint(i === row.length - 1 ? cell : cell.padEnd(widths[i]!), i, at))
      .join("  ")
      .trimEnd(),
  );
}
