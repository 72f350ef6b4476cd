import { shown } from "../core/shown.js";

/** A column: its title, and its share of the table's width. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: "left" | "right" | "center";
}

const BOX = { header: "┏━┳┓", under: "┡━╇┩", between: "├─┼┤", bottom: "└─┴┘", bold: "┃", thin: "│" };
const ASCII = { header: "+-++", under: "+-++", between: "+-++", bottom: "+-++", bold: "|", thin: "|" };

/** How a table is drawn. */
export interface TableStyle {
  /** With + - | instead of box characters. */
  readonly ascii?: boolean;
  /** Without lines between rows. */
  readonly dense?: boolean;
}

/** Longest text that a cell shows: names may come from files. */
const LONGEST_CELL = 2000;

/** A table with a line between rows, drawn as the library that Keras uses draws it; long cells wrap at spaces. */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { ascii = false, dense = false }: TableStyle = {},
): string[] {
  const chars = ascii ? ASCII : BOX;
  const widths = contentWidths(columns);
  const rule = ([left, fill, cross, right]: string) =>
    `${left}${widths.map((width) => fill!.repeat(width + 2)).join(cross)}${right}`;
  const draw = (cells: readonly string[], bar: string) => {
    const wrapped = cells.map((cell, i) => wrap(shown(cell, LONGEST_CELL), widths[i]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) => {
      const parts = wrapped.map((lines, i) => align(lines[at] ?? "", widths[i]!, columns[i]!.align));
      return `${bar} ${parts.join(` ${bar} `)} ${bar}`;
    });
  };
  const lines = [
    rule(chars.header),
    ...draw(
      columns.map(({ title }) => title),
      chars.bold,
    ),
    rule(chars.under),
  ];
  rows.forEach((row, i) => {
    if (i > 0 && !dense) lines.push(rule(chars.between));
    lines.push(...draw(row, chars.thin));
  });
  return [...lines, rule(chars.bottom)];
}

// Each cell has a space at both sides and a border. The excess is taken off all columns equally, from left to right.
function contentWidths(columns: readonly Column[]): number[] {
  let excess = 3 * columns.length + 1;
  return columns.map(({ width }, i) => {
    const share = roundHalfToEven(excess / (columns.length - i));
    excess -= share;
    return width - share;
  });
}

function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

function align(text: string, width: number, side: Column["align"]): string {
  if (side === "right") return text.padStart(width);
  if (side === "left") return text.padEnd(width);
  return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )/)) {
    if ((line + word).trimEnd().length > width && line !== "") {
      lines.push(line);
      line = "";
    }
    line += word;
  }
  // A word that is longer than the column is cut.
  return [...lines, line]
    .map((part) => part.trimEnd())
    .map((part) => (part.length > width ? `${part.slice(0, width - 1)}…` : part));
}
