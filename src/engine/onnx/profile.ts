/** Time spent under one name, in milliseconds. */
interface Entry {
  total: number;
  least: number;
  calls: number;
}

type Timed = <T>(name: string, task: () => T) => T;

/**
 * For work on the engine: when the environment variable PAWL_PROFILE is set, measures what programs do and prints it on
 * stderr at the end of the process. Null otherwise.
 */
const profiled: Timed | null = profiler();

/** Whether names of parts are read by anybody. */
export const isProfiled: boolean = profiled !== null;

/** Runs a task, and measures it under a name when profiling. */
export const timed: Timed = (name, task) => (profiled === null ? task() : profiled(name, task));

function profiler(): Timed | null {
  const node = (globalThis as { readonly process?: NodeJS.Process }).process;
  if (node?.versions?.node === undefined || !node.env["PAWL_PROFILE"]) return null;
  const entries = new Map<string, Entry>();
  node.on("exit", () => {
    for (const [name, { total, least, calls }] of [...entries].sort(([, a], [, b]) => b.total - a.total))
      node.stderr.write(`${total.toFixed(1).padStart(10)} ms ${least.toFixed(3).padStart(9)} x ${calls}  ${name}\n`);
  });
  return (name, task) => {
    const start = performance.now();
    const end = (): void => {
      const time = performance.now() - start;
      const entry = entries.get(name) ?? { total: 0, least: Number.POSITIVE_INFINITY, calls: 0 };
      entry.total += time;
      entry.calls++;
      entry.least = Math.min(entry.least, time);
      entries.set(name, entry);
    };
    const result = task();
    if (result instanceof Promise) result.then(end, end);
    else end();
    return result;
  };
}
