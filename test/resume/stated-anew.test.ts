import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ReduceLROnPlateau } from "../../src/callbacks/index.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import type { Optimizer } from "../../src/optimizers/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import * as schedules from "../../src/schedules/index.js";
import { Callback } from "../../src/training/index.js";
import { fitInMemory } from "./memory.js";

const x = random.normal([16, 3], { seed: 1 });
const y = random.normal([16, 1], { seed: 2 });
const STEPS = 4;
const { SGD, Adam } = optimizers;

let warnings: string[] = [];
const warn = console.warn;
beforeEach(() => {
  warnings = [];
  console.warn = (text: string) => void warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

/** The state of an optimizer before a step. */
interface Held {
  readonly rate: number;
  readonly iteration: number;
  /** By name, without the names of optimizer and layer. */
  readonly slots: Record<string, readonly number[]>;
}

function held({ optimizer }: Sequential): Held {
  const slots = optimizer.variables.filter(({ name }) => !/(iteration|learning_rate)$/.test(name));
  return {
    rate: optimizer.learningRate.numpy(),
    iteration: optimizer.iteration,
    slots: Object.fromEntries(
      slots.map((entry) => [entry.name.replace(/.*?_(kernel|bias)_/, "$1_"), [...(entry.read().data as Float32Array)]]),
    ),
  };
}

class AtBegin extends Callback<Sequential> {
  held: Held | null = null;

  override onTrainBatchBegin(): void {
    this.held ??= held(this.model);
  }
}

interface Run {
  readonly model: Sequential;
  /** At the end of the training. */
  readonly after: Held;
  /** Before the training's first step. */
  readonly before: Held;
  readonly weights: readonly number[];
}

async function train(files: Vfs, optimizer: Optimizer, epochs: number, more: Partial<Case> = {}): Promise<Run> {
  const model = new Sequential([new layers.Dense(1, { inputShape: [3], kernelInitializer: "ones" })]);
  model.compile({ optimizer, loss: "mse" });
  if (more.assigned !== undefined) model.optimizer.learningRate.assign(more.assigned);
  const begin = new AtBegin();
  const callbacks = [begin, ...(more.callbacks?.() ?? [])];
  const run = { dir: "r", onChange: "accept" } as const;
  const options = { epochs, batchSize: 4, shuffle: false, verbose: 0, run, callbacks } as const;
  await fitInMemory(model, x, y, options, new Map(), files);
  const weights = model.weights.flatMap((weight) => [...(weight.read().data as Float32Array)]);
  return { model, after: held(model), before: begin.held!, weights };
}

interface Case {
  readonly first: () => Optimizer;
  /** The optimizer of the second training. Default: as the first. */
  readonly next?: () => Optimizer;
  readonly callbacks?: () => Callback[];
  /** A rate assigned before the second `fit`. */
  readonly assigned?: number;
  /** The optimizer's expected state before the second training's first step, from that after the first training. */
  readonly expected: (after: Held, weights: readonly number[]) => Held;
  /** Whether the second training must end differently from one with nothing changed. */
  readonly differs?: boolean;
}

const cosine = (rate: number) => new schedules.CosineDecay({ initialLearningRate: rate, decaySteps: 50 });
const at = (schedule: schedules.CosineDecay, step: number) => Math.fround(schedule.at(step));
const same = (after: Held): Held => after;
const plateau = () => [new ReduceLROnPlateau({ monitor: "loss", patience: 1, minDelta: 9, factor: 0.5 })];

/** The cases of each row of the table in docs/resume.md. */
const cases: Record<string, readonly Case[]> = {
  "learning rate": [
    { first: () => new SGD({ learningRate: 0.1 }), expected: same },
    {
      first: () => new SGD({ learningRate: 0.1 }),
      next: () => new SGD({ learningRate: 0.01 }),
      expected: (after) => ({ ...after, rate: Math.fround(0.01) }),
      differs: true,
    },
  ],
  "learning rate, assigned before `fit`": [
    {
      first: () => new Adam({ learningRate: 0.1 }),
      assigned: 0.25,
      expected: (after) => ({ ...after, rate: 0.25 }),
      differs: true,
    },
  ],
  "number, now a schedule": [
    {
      first: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
      next: () => new SGD({ learningRate: cosine(0.2), momentum: 0.9 }),
      expected: (after) => ({ ...after, rate: at(cosine(0.2), 2 * STEPS) }),
      differs: true,
    },
  ],
  "schedule, now a number": [
    {
      first: () => new Adam({ learningRate: cosine(0.2) }),
      next: () => new Adam({ learningRate: 0.3 }),
      expected: (after) => ({ ...after, rate: Math.fround(0.3) }),
      differs: true,
    },
  ],
  schedule: [
    { first: () => new Adam({ learningRate: cosine(0.2) }), expected: same },
    {
      first: () => new Adam({ learningRate: cosine(0.2) }),
      next: () => new Adam({ learningRate: cosine(0.4) }),
      expected: (after) => ({ ...after, rate: at(cosine(0.4), 2 * STEPS) }),
      differs: true,
    },
  ],
  "rate lowered by ReduceLROnPlateau": [
    {
      first: () => new SGD({ learningRate: 0.1 }),
      callbacks: plateau,
      expected: (after) => ({ ...after, rate: Math.fround(0.05) }),
    },
    {
      first: () => new SGD({ learningRate: 0.1 }),
      next: () => new SGD({ learningRate: 0.08 }),
      callbacks: plateau,
      expected: (after) => ({ ...after, rate: Math.fround(0.08) }),
      differs: true,
    },
  ],
  "momentum, betas, epsilon": [
    {
      first: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
      next: () => new SGD({ learningRate: 0.1, momentum: 0.5 }),
      expected: same,
      differs: true,
    },
    {
      first: () => new Adam({ beta1: 0.9 }),
      next: () => new Adam({ beta1: 0.5, epsilon: 0.1 }),
      expected: same,
      differs: true,
    },
  ],
  "momentum where there was none": [
    {
      first: () => new SGD({ learningRate: 0.1 }),
      next: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
      expected: (after) => ({ ...after, slots: { kernel_momentum: [0, 0, 0], bias_momentum: [0] } }),
    },
    {
      first: () => new Adam(),
      next: () => new Adam({ amsgrad: true }),
      expected: (after) => ({
        ...after,
        slots: { ...after.slots, kernel_velocity_hat: [0, 0, 0], bias_velocity_hat: [0] },
      }),
    },
  ],
  "weight decay": [
    { first: () => new Adam(), next: () => new Adam({ weightDecay: 0.5 }), expected: same, differs: true },
  ],
  clipping: [
    {
      first: () => new SGD({ learningRate: 0.1 }),
      next: () => new SGD({ learningRate: 0.1, clipnorm: 0.01 }),
      expected: same,
      differs: true,
    },
  ],
  "averages of weights where there were none": [
    {
      first: () => new SGD({ learningRate: 0.1 }),
      next: () => new SGD({ learningRate: 0.1, useEma: true }),
      expected: (after, weights) => ({
        ...after,
        slots: { kernel_average: weights.slice(0, 3), bias_average: weights.slice(3) },
      }),
      differs: true,
    },
  ],
  "step counter (`iterations`)": [
    {
      first: () => new Adam(),
      next: () => new Adam({ learningRate: 0.2 }),
      expected: (after) => ({ ...after, rate: Math.fround(0.2) }),
      differs: true,
    },
  ],
  slots: [{ first: () => new Adam({ useEma: true }), expected: same }],
  "optimizer of another class": [
    {
      first: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
      next: () => new Adam({ learningRate: 0.2 }),
      expected: () => ({
        rate: Math.fround(0.2),
        iteration: 0,
        slots: { kernel_momentum: [0, 0, 0], kernel_velocity: [0, 0, 0], bias_momentum: [0], bias_velocity: [0] },
      }),
      differs: true,
    },
  ],
};

describe("when a run goes on, settings that the program changed apply, and state is kept", () => {
  const rows = Object.entries(cases).flatMap(([name, list]) => list.map((each, i) => [`${name}, ${i}`, each] as const));

  test.each(rows)("%s", async (_name, { first, next = first, expected, differs = false, ...more }) => {
    const [files, others] = [memoryVfs(), memoryVfs()];
    const { after, weights } = await train(files, first(), 2, { ...more, assigned: undefined as never });
    const second = await train(files, next(), 3, more);
    expect(second.before).toEqual(expected(after, weights));
    const whole = await train(others, first(), 3, { ...more, assigned: undefined as never });
    if (differs) expect(second.weights).not.toEqual(whole.weights);
    else if (next === first) expect(second.weights).toEqual(whole.weights);
    // A further start with the same program changes nothing.
    const [again, once] = [await train(files, next(), 4, { ...more, assigned: undefined as never }), second];
    if (more.assigned === undefined) expect(again.before).toEqual(once.after);
  });

  test("docs/resume.md has exactly these rows, besides that of callbacks", () => {
    const page = readFileSync(new URL("../../docs/resume.md", import.meta.url), "utf8");
    const table = page.slice(page.indexOf("| what |"), page.indexOf("\n\n", page.indexOf("| what |")));
    const rows = table
      .split("\n")
      .slice(2)
      .map((line) => line.split("|")[1]!.trim());
    expect(rows.filter((row) => !row.startsWith("what callbacks have seen"))).toEqual(Object.keys(cases));
  });

  test("a warning names the optimizer variables that have no counterpart", async () => {
    const files = memoryVfs();
    await train(files, new SGD({ learningRate: 0.1, momentum: 0.9 }), 1);
    await train(files, new SGD({ learningRate: 0.1 }), 2);
    expect(warnings.at(-1)).toMatch(
      /goes on without a part of its state: the optimizer has no place any more for .*kernel_momentum, .*bias_momentum$/,
    );
    await train(files, new Adam(), 3);
    expect(warnings.at(-1)).toMatch(/goes on without a part of its state: Adam begins anew, where SGD was$/);
  });
});
