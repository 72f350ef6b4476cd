/** The trainings that Ctrl-C would lose, each as a function that describes it. */
const trainings = new Set<() => string>();

/**
 * For a training without a run folder: before Ctrl-C does what it always does, one line says what a run folder would
 * have saved. A program with its own listener decides alone, and nothing is printed.
 * @param text one line
 * @returns a function that stops listening
 */
export function tellOnInterrupt(text: () => string): () => void {
  if (typeof globalThis.process?.on !== "function") return () => undefined;
  if (trainings.size === 0) {
    if (process.listenerCount("SIGINT") > 0) return () => undefined;
    process.on("SIGINT", tell);
  }
  trainings.add(text);
  return () => {
    trainings.delete(text);
    if (trainings.size === 0) process.off("SIGINT", tell);
  };
}

/** The listener, to tell it from those of the program. */
export function tell(): void {
  if (process.listenerCount("SIGINT") > 1) return;
  for (const text of trainings) process.stderr.write(`\n${text()}\n`);
  process.off("SIGINT", tell);
  process.kill(process.pid, "SIGINT");
}
