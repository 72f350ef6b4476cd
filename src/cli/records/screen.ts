const ESCAPE = "\u001b[";
/** Keys that end: q, Ctrl-C, Ctrl-D. */
const ENDS: ReadonlySet<string> = new Set(["q", "Q", "\u0003", "\u0004"]);

/** A terminal that is drawn upon as a whole, and is as it was afterwards, whatever ends the program. */
export class Screen {
  #ended = false;
  #wake: (() => void) | null = null;
  readonly #onKey = (data: Buffer): void => {
    if ([...data.toString()].some((key) => ENDS.has(key))) this.#end();
  };
  readonly #onSignal = (): void => this.#end();
  readonly #onResize = (): void => this.#wake?.();

  private constructor() {
    process.stdout.write(`${ESCAPE}?1049h${ESCAPE}?25l`);
    process.stdin.setRawMode?.(true);
    process.stdin.on("data", this.#onKey);
    process.stdin.resume();
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    process.stdout.on("resize", this.#onResize);
  }

  /** Null where there is no terminal. */
  static open(): Screen | null {
    return process.stdout.isTTY === true && process.env["TERM"] !== "dumb" ? new Screen() : null;
  }

  get width(): number {
    return process.stdout.columns || 80;
  }

  get height(): number {
    return process.stdout.rows || 24;
  }

  /** Replaces what is there. Line by line, so that nothing flickers. */
  draw(lines: readonly string[]): void {
    const shown = lines.slice(0, this.height).map((line) => `${line}${ESCAPE}K`);
    process.stdout.write(`${ESCAPE}H${shown.join("\r\n")}${ESCAPE}J`);
  }

  /** Waits; true when it is to end. A changed size ends the wait. */
  async pause(ms: number): Promise<boolean> {
    if (!this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    return this.#ended;
  }

  close(): void {
    process.stdin.off("data", this.#onKey);
    process.stdin.setRawMode?.(false);
    process.stdin.pause();
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
    process.stdout.off("resize", this.#onResize);
    process.stdout.write(`${ESCAPE}?25h${ESCAPE}?1049l`);
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.();
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
