/** The trainings that would be lost, each with what there is to say of it. */
const trainings = new Set<() => string>();

/**
 * For a training without a durable target: Ctrl-C does what it always does, but says first what a run folder would have
 * saved. Where the program listens itself, it decides alone, and nothing is said.
 * @param text one line
 * @returns ends it
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

/** The listener; not one of the program. */
export function tell(): void {
  if (process.listenerCount("SIGINT") > 1) return;
  for (const text of trainings) process.stderr.write(`\n${text()}\n`);
  process.off("SIGINT", tell);
  process.kill(process.pid, "SIGINT");
}
