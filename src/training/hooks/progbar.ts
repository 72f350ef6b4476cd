import { exponential, fixed } from "../../core/python-number.js";
import type { Clock, ProgressOutput } from "./progress-output.js";

const WIDTH = 20;
/** Seconds between two drawings of the bar. */
const INTERVAL = 0.05;

export interface ProgbarOptions {
  /** Steps in all; null when unknown. */
  readonly target: number | null;
  /** 1: a bar that is drawn over, for terminals; 2: one line at the end; 0: nothing. */
  readonly verbose: 0 | 1 | 2;
  readonly output: ProgressOutput;
  readonly clock: Clock;
  /** Steps that were done before, and take no part in the times. Default 0. */
  readonly done?: number;
}

/** One progress bar: the text that Keras 3's `Progbar` prints, byte for byte, with colours on a terminal. */
export class Progbar {
  target: number | null;
  readonly #verbose: 0 | 1 | 2;
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  readonly #done: number;
  readonly #start: number;
  readonly #values = new Map<string, number>();
  #lastUpdate = Number.NEGATIVE_INFINITY;
  #afterFirstStep: number | null = null;
  #width = 0;

  constructor({ target, verbose, output, clock, done = 0 }: ProgbarOptions) {
    this.target = target;
    this.#verbose = verbose;
    this.#output = output;
    this.#clock = clock;
    this.#done = done;
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
      if (now - this.#lastUpdate < INTERVAL && !finalize) return;
      this.#draw(current, now, perStep, finalize);
    } else if (this.#verbose === 2 && finalize && this.target !== null && this.target > 0) {
      const count = `${pad(current, this.target)}/${this.target}`;
      const metrics = this.#metrics((value) => value > 1e-3);
      this.#output.write(`${count} - ${fixed(now - this.#start, 0)}s -${duration(perStep)}${metrics}\n`);
    }
    this.#lastUpdate = now;
  }

  #draw(current: number, now: number, perStep: number, finalize: boolean): void {
    const target = this.target !== null && this.target > 0 ? this.target : null;
    let bar: string;
    if (target === null) {
      bar = `${String(current).padStart(7)}/Unknown`;
    } else {
      const filled = Math.min(WIDTH, Math.floor(WIDTH * (current / target)));
      bar = `${this.#style("1", `${pad(current, target)}/${target}`)} `;
      if (filled > 0) bar += this.#style("32", "━".repeat(filled));
      bar += this.#style("37", "━".repeat(WIDTH - filled));
    }
    const time =
      target !== null && !finalize ? clockTime(perStep * (target - current)) : `${fixed(now - this.#start, 0)}s`;
    const info = ` ${this.#style("1", time)}${duration(perStep)}${this.#metrics((value) => Math.abs(value) > 1e-3)}`;
    const width = visibleLength(bar + info);
    const rest = " ".repeat(Math.max(0, this.#width - width));
    this.#output.write(`${"\b".repeat(this.#width)}\r${bar}${info}${rest}${finalize ? "\n" : ""}`);
    this.#width = width;
  }

  #metrics(isPlain: (value: number) => boolean): string {
    let text = "";
    for (const [name, value] of this.#values) {
      text += ` - ${name}: ${isPlain(value) ? fixed(value, 4) : exponential(value, 4)}`;
    }
    return text;
  }

  /** Seconds a step. The first step compiles and warms up, so it does not count once there are others. */
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

  #style(code: string, text: string): string {
    return this.#output.colors ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

function pad(current: number, target: number): string {
  return String(current).padStart(String(target).length);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const STYLES = /\x1b\[\d+m/g;

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

/** ` 3s/step`, ` 12ms/step`, ` 527us/step`. */
function duration(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return ` ${fixed(seconds, 0)}s/step`;
  if (seconds >= 1e-3) return ` ${fixed(seconds * 1000, 0)}ms/step`;
  return ` ${fixed(seconds * 1_000_000, 0)}us/step`;
}
