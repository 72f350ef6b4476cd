import { expect, test } from "vitest";
import { EarlyStopping, ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import { fitInMemory, restore, type Snapshot } from "./memory.js";
import { build, digest, SaveEverywhere, x, y } from "./support.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0, validationSplit: 0.1 } as const;
const callbacks = () => [
  new ReduceLROnPlateau({ monitor: "loss", patience: 0, factor: 0.5, minDelta: 10 }),
  new EarlyStopping({ monitor: "loss", patience: 5 }),
];

test("a run stopped anywhere ends with the bits and the history of the run that was never stopped", async () => {
  setRandomSeed(5);
  const model = build();
  const saves = new Map<string, Snapshot>();
  const saver = new SaveEverywhere("", "");
  const whole = await fitInMemory(model, x, y, { ...OPTIONS, callbacks: [saver, ...callbacks()] }, saves);
  expect([...saves.keys()]).toHaveLength(12);
  for (const [path, saved] of saves) {
    setRandomSeed(99);
    const other = build();
    restore(other.savable, saved);
    const history = await fitInMemory(other, x, y, { ...OPTIONS, resume: true, callbacks: callbacks() });
    expect([path, history.history]).toEqual([path, whole.history]);
    expect([path, digest(other)]).toEqual([path, digest(model)]);
  }
});
