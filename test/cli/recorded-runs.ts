import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A start, as `fit` writes it. */
export const START: { readonly time: number; readonly [key: string]: unknown } = {
  event: "start",
  time: Date.UTC(2026, 0, 2, 3, 4, 5),
  step: 0,
  format: 1,
  kind: "fit",
  epoch: 0,
  batch: 0,
  resumes: false,
  turnsBack: false,
  parent: { run: "runs/base", step: 40, file: "checkpoint-000004-step-40.pawl", state: "ab" },
  changes: ["learning rate: 0.1 -> 0.01"],
  seed: 7,
  epochs: 3,
  steps: 2,
  pawl: "0.1.0",
  program: { path: "train.ts", args: [], pid: 1, git: null },
  machine: { cpu: "x64 <b>" },
  config: {
    identity: { fit: { batchSize: 20 }, compile: { optimizer: { class: "Adam" } } },
    model: { class_name: "Sequential", config: { name: "price" } },
  },
};

export const pointOf = (step: number, loss: number | string): object => ({
  event: "batch",
  time: START.time + 1000 * step,
  step,
  epoch: Math.floor((step - 1) / 2),
  batch: ((step - 1) % 2) + 1,
  logs: { loss },
  rates: { learning_rate: 0.01 },
  stepMs: step === 1 ? null : 5,
});

export const epochOf = (epoch: number, logs: object): object => ({
  event: "epoch",
  time: START.time + 2000 * (epoch + 1),
  step: 2 * (epoch + 1),
  epoch,
  logs,
  rates: { learning_rate: 0.01 },
  seconds: 0.5,
});

export const lines = (...events: readonly object[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

/** A folder with runs that have a record and no checkpoint. */
export function makeRecordedRuns(): string {
  const folder = mkdtempSync(join(tmpdir(), "pawl-records-"));
  for (const name of ["runs/done", "runs/live"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, "runs/done/log.jsonl"),
    lines(
      START,
      pointOf(1, 3),
      pointOf(2, "NaN"),
      epochOf(0, { loss: 2.5, 'odd,"name"': 1 }),
      { event: "warning", time: START.time + 2500, step: 2, text: "careful <script>alert(1)</script>" },
      pointOf(3, 1),
      pointOf(4, 0.5),
      epochOf(1, { loss: "NaN", val_loss: 2 }),
      epochOf(2, { loss: 0.25, val_loss: 1 }),
      {
        event: "save",
        time: START.time + 7000,
        step: 6,
        epoch: 3,
        batch: 0,
        file: "c.pawl",
        bytes: 2048,
        finite: true,
      },
      { event: "stop", time: START.time + 8000, step: 6, why: "finished", by: null },
    ),
  );
  writeFileSync(join(folder, "runs/live/log.jsonl"), lines({ ...START, parent: null }, epochOf(0, { loss: 3 })));
  return folder;
}

/** Adds events to a run's record. */
export function addTo(folder: string, run: string, ...events: readonly object[]): void {
  appendFileSync(join(folder, run, "log.jsonl"), lines(...events));
}
