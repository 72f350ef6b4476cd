import type { Duty, Rates } from "./duty.js";
import type { Piece, PieceTimes, Recorded } from "./recorded.js";

/** Longer lists have a last line that says what was left out. */
const MOST_LINES = 40;

/** One line of a table: milliseconds of threads in a step, and the least that the machine would take for it. */
interface Line {
  readonly name: string;
  time: number;
  /** If each call took as long as the shortest one: without what else the machine does. */
  best: number;
  floor: number;
}

/** Where the steps of all programs spent their time, as text; the longest first. */
export function reportOf({ pieces, rates, lost }: Recorded): string {
  const programs = [...pieces].filter(([, { whole }]) => whole.count > 0);
  if (programs.length === 0) return "pawl profile: no program ran twice, and first runs are not counted\n";
  programs.sort(([, a], [, b]) => b.whole.total - a.whole.total);
  const texts = programs.map(([piece, times]) => programText(piece, times, rates));
  const missing = lost > 0 ? [`${lost} parts were left out, for want of room\n`] : [];
  return [...texts, ...missing].join("\n");
}

function programText(piece: Piece, times: PieceTimes, rates: Rates | null): string {
  const { whole, parts, between, threads } = times;
  const runs = whole.count;
  const layers = new Map<string, Line>();
  const kinds = new Map<string, Line>();
  for (const [i, { name, duty }] of piece.parts.entries()) {
    const { total, best: least, count } = parts[i]!;
    const time = total / runs;
    const best = count === 0 ? 0 : (least * count) / runs;
    const floor = duty === null || rates === null ? 0 : floorOf(duty, rates);
    add(kinds, name.slice(name.indexOf(": ") + 2), { time, best, floor }, 1);
    for (const [layer, share] of duty?.layers ?? [["", 1] as const])
      add(layers, layer || "(no layer: loss, metrics, random numbers)", { time, best, floor }, share);
  }
  const wall = whole.total / runs;
  const busy = sum([...kinds.values()].map(({ time }) => time));
  const floor = sum([...kinds.values()].map((line) => line.floor));
  const head = [
    `pawl profile: ${piece.label}: ${runs} runs of ${ms(wall)} ms (best ${ms(whole.best)})`,
    `by ${threads.size} ${threads.size === 1 ? "thread" : "threads"}, ${(busy / wall).toFixed(1)} of them busy at a time;`,
    `${ms(between.count > 0 ? between.total / between.count : 0)} ms between two runs;`,
    rates === null
      ? "floors are not known for this engine"
      : `floor ${ms(floor)} ms of one thread (${(rates.products / 1e6).toFixed(0)} GFLOP/s, ${(rates.bytes / 1e6).toFixed(1)} GB/s)`,
  ].join(" ");
  return `${head}\n${table("layer", layers, busy)}${table("part", kinds, busy)}`;
}

/** The least time for some work: products and memory at their best at the same time. */
export const floorOf = ({ products, bytes }: Duty, rates: Rates): number =>
  Math.max(products / rates.products, bytes / rates.bytes);

function add(lines: Map<string, Line>, name: string, what: Omit<Line, "name">, share: number): void {
  const line = lines.get(name) ?? { name, time: 0, best: 0, floor: 0 };
  line.time += what.time * share;
  line.best += what.best * share;
  line.floor += what.floor * share;
  lines.set(name, line);
}

function table(title: string, lines: ReadonlyMap<string, Line>, whole: number): string {
  const sorted = [...lines.values()].sort((a, b) => b.time - a.time);
  const rows = sorted
    .slice(0, MOST_LINES)
    .map(({ name, time, best, floor }) =>
      row([ms(time), percent(time, whole), ms(best), floor > 0 ? ms(floor) : "", times(best, floor)], name),
    );
  const rest = sorted.slice(MOST_LINES);
  const restTime = sum(rest.map(({ time }) => time));
  if (rest.length > 0) rows.push(row([ms(restTime), percent(restTime, whole), "", "", ""], `${rest.length} more`));
  return [row(["ms a run", "share", "best", "floor", "times"], title), ...rows].join("");
}

const WIDTHS = [11, 8, 10, 10, 7];

const row = (cells: readonly string[], name: string): string =>
  `${cells.map((cell, i) => cell.padStart(WIDTHS[i]!)).join("")}  ${name}\n`;

/** Floors of less than a microsecond say nothing. */
const times = (time: number, floor: number): string => (floor >= 0.001 ? (time / floor).toFixed(1) : "");
const ms = (time: number): string => time.toFixed(time < 10 ? 3 : 1);
const percent = (part: number, whole: number): string => `${whole > 0 ? ((100 * part) / whole).toFixed(0) : 0} %`;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
