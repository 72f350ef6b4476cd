/** Where progress is printed. */
export interface ProgressOutput {
  write(text: string): void;
  /** Whether lines can be redrawn. Elsewhere (a file, a pipe, CI) only whole plain lines are written. */
  readonly isTerminal: boolean;
  /** Whether to print bold text and colours. */
  readonly colors: boolean;
  /** Current columns of the terminal; null where there is none, or its size is unknown. */
  readonly columns: number | null;
}

/** Seconds from any start. */
export type Clock = () => number;

export const systemClock: Clock = () => performance.now() / 1000;

/** The process's stdout; in browsers the console, line by line. `NO_COLOR` switches colours off. */
export function standardOutput(): ProgressOutput {
  const { process } = globalThis;
  if (process?.stdout === undefined) return consoleOutput();
  const isTerminal = process.stdout.isTTY === true && process.env["TERM"] !== "dumb";
  return {
    write: (text) => void process.stdout.write(text),
    isTerminal,
    colors: isTerminal && !process.env["NO_COLOR"],
    // Read at each drawing: a terminal can be resized.
    get columns() {
      return isTerminal && process.stdout.columns > 0 ? process.stdout.columns : null;
    },
  };
}

function consoleOutput(): ProgressOutput {
  let line = "";
  return {
    write(text) {
      const lines = (line + text).split("\n");
      line = lines.pop()!;
      for (const whole of lines) console.log(whole);
    },
    isTerminal: false,
    colors: false,
    columns: null,
  };
}
