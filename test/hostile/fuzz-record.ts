import { curvesToSvg, panelsOf } from "../../src/charts/curves-svg.js";
import { eventText } from "../../src/cli/records/event-text.js";
import { FormatError } from "../../src/core/errors.js";
import type { Json } from "../../src/core/stateful.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { RecordReader, summaryOf } from "../../src/store/record/index.js";
import type { Target } from "./fuzz-targets.js";
import { type Chance, mutateBytes, mutateJson } from "./mutate.js";

const EVENTS: readonly Json[] = [
  {
    event: "start",
    time: 1e12,
    step: 0,
    format: 1,
    kind: "fit",
    turnsBack: false,
    parent: { run: "a", step: 3, file: "f", state: "00" },
    changes: ["a"],
    epochs: 2,
    program: { path: "x.ts", args: ["a"], pid: 1, git: { commit: "c", branch: null, changed: false } },
    machine: { cpu: "x" },
    config: { identity: { fit: { batchSize: 2 }, compile: { loss: "mse" } }, model: { config: { name: "m" } } },
  },
  { event: "batch", time: 1e12, step: 1, epoch: 0, batch: 1, logs: { loss: 2 }, rates: {}, stepMs: 3, norms: { k: 1 } },
  { event: "batch", time: 1e12, step: 2, epoch: 0, batch: 2, logs: { loss: "NaN" }, rates: { learning_rate: 0.1 } },
  { event: "epoch", time: 1e12, step: 2, epoch: 0, logs: { loss: 1, val_loss: 3 }, rates: {}, seconds: 1 },
  { event: "histogram", time: 1e12, step: 2, epoch: 0, weights: { k: { min: 0, max: 1, counts: [1, 2] } } },
  { event: "save", time: 1e12, step: 2, epoch: 1, batch: 0, file: "f", bytes: 1, ms: 1, finite: true, score: 1 },
  { event: "start", time: 1e12, step: 1, turnsBack: true },
  { event: "drift", time: 1e12, step: 2, point: "batch", key: "loss", before: 1, now: 2 },
  { event: "warning", time: 1e12, step: 2, text: "careful" },
  { event: "fork", time: 1e12, step: 2, child: "b" },
  { epoch: 1, step: 4, loss: 1 },
  { event: "stop", time: 1e12, step: 4, why: "finished", by: null },
];

const encode = (events: readonly Json[]): Uint8Array =>
  new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

/**
 * A record never refuses to be read; what is passed over in it counts as refused here. It is read in two pieces, as one
 * that is being written, and must come out as one that is read whole.
 */
async function readRecord(bytes: Uint8Array): Promise<void> {
  const files = memoryVfs();
  await files.makeFolder("run");
  const cut = Math.floor(bytes.length / 2);
  await files.writeFile("run/log.jsonl", bytes.subarray(0, cut));
  const live = new RecordReader(files, "run");
  await live.update();
  await files.appendFile("run/log.jsonl", bytes.subarray(cut));
  await live.update();
  const whole = new RecordReader(files, "run");
  await whole.update();
  const told = [live, whole].map((record) => {
    const { reached, ...rest } = record.dump();
    return JSON.stringify([reached.offset, rest, record.passedOver, summaryOf(record)]);
  });
  if (withoutRoom(told[0]!) !== withoutRoom(told[1]!))
    throw new Error(`read in pieces it is another one: ${told.join("\n")}`);
  const again = new RecordReader(files, "run");
  again.restore(whole.dump());
  if (JSON.stringify(again.dump()) !== JSON.stringify(whole.dump())) throw new Error("restored it is another one");
  const { epochs } = whole;
  const columns = epochs.keys.map((key) => ({ key, x: epochs.step, y: epochs.column(key)! }));
  curvesToSvg(panelsOf(columns), { title: "fuzzed", axis: "step" });
  for (const line of new TextDecoder().decode(bytes).split("\n")) eventText(line);
  const { noJson, unknown, wrong, values } = whole.passedOver;
  if (noJson + unknown + wrong + values > 0) throw new FormatError({ code: "passed-over", what: "a line" });
}

/** Readers of what a run's folder holds beside its checkpoints. */
export const RECORD_TARGETS: Readonly<Record<"record, bytes" | "record, events", Target>> = {
  "record, bytes": { make: async (chance: Chance) => mutateBytes(encode(EVENTS), chance), read: readRecord },
  "record, events": {
    make: async (chance: Chance) => {
      const events = mutateJson(EVENTS, chance);
      return encode(Array.isArray(events) ? (events as readonly Json[]) : [events]);
    },
    read: readRecord,
  },
};

/** How many more numbers a record may take counts pieces as they came; it is no part of what was read. */
function withoutRoom(told: string): string {
  return told.replace(/"room":[\d.]+,/g, "");
}
