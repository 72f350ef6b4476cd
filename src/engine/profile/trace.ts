import type { Recorded } from "./recorded.js";

/**
 * Chrome's trace format, which chrome://tracing and ui.perfetto.dev open: one complete event ("X") a part, a row a thread,
 * times in microseconds since the first.
 */
export function traceOf({ spans }: Recorded): string {
  const zero = spans.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const threads = [...new Set(spans.map(({ thread }) => thread))].sort((a, b) => a - b);
  const names = threads.map((tid) => ({
    ph: "M",
    pid: 1,
    tid,
    name: "thread_name",
    args: { name: tid === 0 ? "calling thread" : `thread ${tid}` },
  }));
  const events = spans.map(({ thread, name, start, end }) => ({
    ph: "X",
    pid: 1,
    tid: thread,
    name,
    ts: 1000 * (start - zero),
    dur: 1000 * (end - start),
  }));
  return JSON.stringify({ displayTimeUnit: "ms", traceEvents: [...names, ...events] });
}
