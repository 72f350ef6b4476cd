import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { MEMORY_PROGRAM } from "../support/memory-program.js";
import { emitProgram, runNode } from "../support/run-ts.js";
import { publish, scaled } from "./figures.js";

const MEGABYTE = 2 ** 20;
const EPOCHS = scaled(900, 900, 90);
const WIDTH = scaled(4000, 1500, 1500);

let program = "";
beforeAll(() => {
  program = emitProgram("memory", MEMORY_PROGRAM);
});

async function run<T>(args: readonly (string | number)[], nodeOptions = ""): Promise<T> {
  const { code, stdout, stderr } = await runNode(program, scratch(), args.map(String), { NODE_OPTIONS: nodeOptions });
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as T;
}

interface Grown {
  readonly steps: number;
  readonly epochs: number;
  readonly seen: readonly { readonly resident: number; readonly heap: number }[];
}

test.each(scaled(["dense", "convolution", "embedding"], ["convolution"], ["dense"]))(
  "the memory of a long training does not grow: %s",
  async (model) => {
    const dir = join(scratch(), "run");
    const { steps, epochs, seen } = await run<Grown>(["grow", model, dir, EPOCHS], "--expose-gc");
    expect([steps, epochs, seen.length]).toEqual([EPOCHS * 20, EPOCHS, 2]);
    const [early, late] = seen as [Grown["seen"][number], Grown["seen"][number]];
    const resident = late.resident - early.resident;
    const heap = late.heap - early.heap;
    publish(`memory-${model}`, { steps: (steps * 5) / 9, resident, heap });
    // Over 10,000 steps and 500 epochs, a few kilobytes kept by each step would exceed this.
    expect(heap).toBeLessThan(2 * MEGABYTE);
    expect(resident).toBeLessThan(24 * MEGABYTE);
  },
  600_000,
);

interface Peak {
  readonly most: number;
  readonly weights: number;
  readonly state: number;
}

test.each([
  ["sgd", 1],
  ["adam", 1],
  ["adam", 2],
] as const)(
  "with %s and %i shards a training needs memory for its state, its gradients and one copy",
  async (optimizer, shards) => {
    // A heap far smaller than the weights: large data lies outside it.
    const { most, weights, state } = await run<Peak>(
      ["peak", optimizer, shards, WIDTH, join(scratch(), "run")],
      "--max-old-space-size=48",
    );
    publish(`memory-${optimizer}-${shards}`, { optimizer, shards, most, weights, state });
    const gradients = shards === 1 ? weights : (shards + 1) * weights;
    const staging = state;
    // Twice the state: a step writes its results beside it, so that a failed step changes nothing.
    expect(most).toBeLessThan(2 * state + gradients + staging + 32 * MEGABYTE);
  },
  600_000,
);
