import { exponential, fixed } from "../../core/python-number.js";
import type { Clock, ProgressOutput } from "./progress-output.js";

/** Replaces what does not fit into a line. */
const MORE = " …";
/** Indents a line that continues the one above. */
const INDENT = "  ";

/** How a bar looks, as Keras has it unless told otherwise. */
export const BAR_STYLE = { width: 20, interval: 0.05, unitName: "step" } as const;

export interface BarStyle {
  /** Characters of the bar. */
  readonly width: number;
  /** Seconds between two drawings of the bar. */
  readonly interval: number;
  /** What is counted, in the singular. */
  readonly unitName: string;
}

export interface ProgbarOptions {
  /** Total steps; null when unknown. */
  readonly target: number | null;
  /** 1: a bar that is redrawn, for terminals; 2: one line at the end; 0: nothing. */
  readonly verbose: 0 | 1 | 2;
  readonly output: ProgressOutput;
  readonly clock: Clock;
  /** Steps done before, which do not count for the times. Default 0. */
  readonly done?: number;
  /** Default: {@link BAR_STYLE}. */
  readonly style?: BarStyle;
}

/** One progress bar: the text that Keras 3's `Progbar` prints, byte for byte, with colours on a terminal. */
export class Progbar {
  target: number | null;
  readonly #verbose: 0 | 1 | 2;
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  readonly #done: number;
  readonly #look: BarStyle;
  readonly #start: number;
  readonly #values = new Map<string, number>();
  #lastUpdate = Number.NEGATIVE_INFINITY;
  #afterFirstStep: number | null = null;
  #width = 0;

  constructor({ target, verbose, output, clock, done = 0, style = BAR_STYLE }: ProgbarOptions) {
    this.target = target;
    this.#verbose = verbose;
    this.#output = output;
    this.#clock = clock;
    this.#done = done;
    this.#look = style;
    this.#start = clock();
  }

  /**
   * @param current steps done so far
   * @param values what to show, by name; names keep their first place
   * @param finalize whether this is the last update
   */
  update(current: number, values: Readonly<Record<string, number>>, finalize: boolean): void {
    for (const [name, value] of Object.entries(values)) this.#values.set(name, value);
    const now = this.#clock();
    const perStep = this.#stepDuration(current, now);
    if (this.#verbose === 1) {
      if (now - this.#lastUpdate < this.#look.interval && !finalize) return;
      this.#draw(current, now, perStep, finalize);
    } else if (this.#verbose === 2 && finalize && this.target !== null && this.target > 0) {
      const count = `${pad(current, this.target)}/${this.target}`;
      const head = `${count} - ${fixed(now - this.#start, 0)}s -${this.#duration(perStep)}`;
      this.#output.write(
        `${this.#wrapped(
          head,
          this.#metrics((value) => value > 1e-3),
        )}\n`,
      );
    }
    this.#lastUpdate = now;
  }

  #draw(current: number, now: number, perStep: number, finalize: boolean): void {
    const target = this.target !== null && this.target > 0 ? this.target : null;
    const remaining = target !== null && !finalize ? perStep * (target - current) : null;
    const time = remaining === null ? `${fixed(now - this.#start, 0)}s` : clockTime(remaining);
    const info = ` ${this.#style("1", time)}${this.#duration(perStep)}`;
    const bar = this.#bar(current, target, visibleLength(info));
    const metrics = this.#metrics((value) => Math.abs(value) > 1e-3);
    const line = finalize ? this.#wrapped(bar + info, metrics) : this.#fitted(bar + info, metrics);
    const width = visibleLength(line);
    const rest = " ".repeat(Math.max(0, line.includes("\n") ? 0 : this.#width - width));
    this.#output.write(`${"\b".repeat(this.#width)}\r${line}${rest}${finalize ? "\n" : ""}`);
    this.#width = width;
  }

  /** The bar, shortened where the terminal is too narrow for it and the text beside it. */
  #bar(current: number, target: number | null, beside: number): string {
    if (target === null) return `${String(current).padStart(7)}/Unknown`;
    const count = `${pad(current, target)}/${target}`;
    const room = (this.#output.columns ?? Number.POSITIVE_INFINITY) - 1 - beside - count.length - 1;
    const width = Math.max(0, Math.min(this.#look.width, room));
    const filled = Math.min(width, Math.floor(width * (current / target)));
    let bar = `${this.#style("1", count)} `;
    if (filled > 0) bar += this.#style("32", "━".repeat(filled));
    if (width > 0) bar += this.#style("37", "━".repeat(width - filled));
    return bar;
  }

  #metrics(isPlain: (value: number) => boolean): string[] {
    return [...this.#values].map(
      ([name, value]) => ` - ${name}: ${isPlain(value) ? fixed(value, 4) : exponential(value, 4)}`,
    );
  }

  /** As many whole words as fit into one line: wrapped text cannot be redrawn. */
  #fitted(head: string, metrics: readonly string[]): string {
    const columns = this.#output.columns ?? Number.POSITIVE_INFINITY;
    if (visibleLength(head + metrics.join("")) < columns) return head + metrics.join("");
    let line = "";
    for (const word of [...wordsOf(head), ...metrics]) {
      if (visibleLength(line + word) + MORE.length >= columns) break;
      line += word;
    }
    return line + MORE;
  }

  /** The full text, wrapped between words so that the terminal breaks none. */
  #wrapped(head: string, metrics: readonly string[]): string {
    const columns = this.#output.columns ?? Number.POSITIVE_INFINITY;
    const lines = [""];
    const add = (words: readonly string[]): void => {
      for (const word of words) {
        if (visibleLength(lines.at(-1) + word) < columns) lines[lines.length - 1] += word;
        else if (visibleLength(INDENT + word) < columns || words.length === 1) lines.push(INDENT + word);
        else add(wordsOf(word));
      }
    };
    add(wordsOf(head));
    add(metrics);
    return lines.filter((line) => line !== "").join("\n");
  }

  /** Seconds per step. The first step compiles and warms up, so it does not count once there are others. */
  #stepDuration(current: number, now: number): number {
    const steps = current - this.#done;
    if (steps <= 0) return 0;
    const perStep =
      this.#afterFirstStep !== null && steps > 1
        ? (now - this.#afterFirstStep) / (steps - 1)
        : (now - this.#start) / steps;
    if (steps === 1) this.#afterFirstStep = now;
    return perStep;
  }

  /** ` 3s/step`, ` 12ms/step`, ` 527us/step`. */
  #duration(seconds: number): string {
    const unit = this.#look.unitName;
    if (seconds >= 1 || seconds === 0) return ` ${fixed(seconds, 0)}s/${unit}`;
    if (seconds >= 1e-3) return ` ${fixed(seconds * 1000, 0)}ms/${unit}`;
    return ` ${fixed(seconds * 1_000_000, 0)}us/${unit}`;
  }

  #style(code: string, text: string): string {
    return this.#output.colors ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

function pad(current: number, target: number): string {
  return String(current).padStart(String(target).length);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const STYLES = /\x1b\[\d+m/g;

/** The words, each with the space before it. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/gu) ?? [];
}

function visibleLength(text: string): number {
  return text.replace(STYLES, "").length;
}

/** `12s`, `1:05`, `1:02:03`. */
function clockTime(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  if (seconds > 3600) return `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  if (seconds > 60) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.trunc(seconds)}s`;
}
