import { afterEach, describe, expect, it } from "vitest";
import { configure, interpreterEngine } from "../../src/engine/index.js";
import { nativeMachine } from "../../src/engine/native/machine.js";
import { channelBlockOf } from "../../src/engine/onnx/channel-blocks.js";
import { OnnxEngine } from "../../src/engine/onnx/engine.js";
import { inBlocks } from "../../src/engine/onnx/in-blocks.js";
import { stepsOf, stepsText } from "../../src/engine/onnx/steps.js";
import { prepare } from "../../src/engine/program-graph.js";
import type { Machine, Slot } from "../../src/engine/session.js";
import { build, type Value } from "../../src/graph/index.js";
import type { ConvAttrs } from "../../src/graph/primitive.js";
import type { InputValue } from "../../src/graph/value.js";
import * as ops from "../../src/ops/index.js";
import { numbers } from "./engine.step.js";

afterEach(() => configure({}));

const around = (low: number, high = low): ConvAttrs["padding"] => [
  [low, high],
  [low, high],
];
const plain: ConvAttrs = { strides: [1, 1], padding: around(1), dilations: [1, 1], groups: 1 };

interface Case {
  readonly channels: number;
  readonly filters: number;
  readonly window?: readonly number[];
  readonly attrs?: Partial<ConvAttrs>;
  readonly withBias?: boolean;
  /** Whether the channels fill blocks of 16 and blocks are worth it. */
  readonly inBlocks: boolean;
}

const CASES: readonly (readonly [string, Case])[] = [
  ["a common one", { channels: 16, filters: 32, inBlocks: true }],
  ["with a bias", { channels: 32, filters: 16, withBias: true, inBlocks: true }],
  ["valid", { channels: 16, filters: 16, attrs: { padding: around(0) }, inBlocks: true }],
  ["padded unevenly", { channels: 16, filters: 16, attrs: { padding: around(0, 2) }, inBlocks: true }],
  ["with strides", { channels: 16, filters: 32, attrs: { strides: [2, 3] }, inBlocks: true }],
  ["dilated", { channels: 32, filters: 16, attrs: { dilations: [2, 1], padding: around(2) }, inBlocks: true }],
  ["of an uneven window", { channels: 16, filters: 16, window: [1, 5], inBlocks: true }],
  ["of one position", { channels: 16, filters: 16, window: [1, 1], attrs: { padding: around(0) }, inBlocks: false }],
  ["in groups", { channels: 16, filters: 32, attrs: { groups: 2 }, inBlocks: false }],
  ["of few channels", { channels: 3, filters: 32, inBlocks: false }],
  ["to few filters", { channels: 32, filters: 12, inBlocks: false }],
];

/** A convolution and the gradient of its input, with feeds. */
function specOf({ channels, filters, window = [3, 3], attrs, withBias }: Case) {
  const conv = { ...plain, ...attrs };
  const x = ops.input("x", [-1, channels, 9, 11], "float32") as InputValue;
  const kernel = ops.input("kernel", [filters, channels / conv.groups, ...window], "float32") as InputValue;
  const bias = ops.input("bias", [filters], "float32") as InputValue;
  const sums = build.conv(x, kernel, conv);
  const y = withBias ? ops.add(sums, ops.reshape(bias, [1, filters, 1, 1])) : sums;
  const dx = build.convInput(ops.tanh(y), kernel, conv, [9, 11]);
  const results: Record<string, Value> = { y, dx };
  const size = ({ shape }: Value, rows: number): number => shape.reduce((all, dim) => all * (dim < 0 ? rows : dim), 1);
  const feeds = new Map<InputValue, Float32Array>([
    [x, numbers(size(x, 3), 1)],
    [kernel, numbers(size(kernel, 1), 2)],
  ]);
  if (withBias) feeds.set(bias, numbers(filters, 3));
  return { spec: { name: "blocks", results, updates: new Map(), shards: 1 }, feeds };
}

describe.runIf(process.arch === "x64")("convolutions over blocks of channels", () => {
  it("are supported on this machine", async () => {
    const machine = await nativeMachine();
    expect([8, 16]).toContain(await channelBlockOf(machine));
    expect(await channelBlockOf({ ...machine, hasChannelBlocks: false })).toBe(0);
  });

  it("are not used where they give wrong results", async () => {
    const machine = await nativeMachine();
    let sessions = 0;
    /** Makes one number of the results wrong. */
    const createSession: Machine["createSession"] = async (model) => {
      sessions++;
      const session = await machine.createSession(model);
      const bind: typeof session.bind = (inputs, outputs) => {
        const binding = session.bind(inputs, outputs);
        let blocked: Slot | undefined;
        return {
          foreign: null,
          place(slots, results) {
            blocked = results[0];
            binding.place(slots, results);
          },
          async run() {
            await binding.run();
            const { block, start } = blocked!;
            block.view("float32", start + 1)[start]! += 1;
          },
          explain: (text) => binding.explain(text),
          dispose: () => binding.dispose(),
        };
      };
      return { bind, dispose: () => session.dispose() };
    };
    expect(await channelBlockOf({ ...machine, createSession })).toBe(0);
    expect(sessions).toBe(2);
  });

  it.each(CASES)("%s: gives the interpreter's results", async (_, one) => {
    const { spec, feeds } = specOf(one);
    const run = { rows: 3, feeds, seed: 0, iteration: 0 };
    const expected = await (await interpreterEngine().compile(spec)).run(run);
    const program = await new OnnxEngine(await nativeMachine()).compile(spec);
    const got = await program.run(run);
    program.dispose();
    for (const name of ["y", "dx"]) {
      const [a, b] = [got[name]!.data as Float32Array, expected[name]!.data as Float32Array];
      const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(a.length).toBe(b.length);
      for (const [i, value] of a.entries()) expect(Math.abs(value - b[i]!)).toBeLessThan(2e-6 * largest);
    }
  });

  it.each(CASES)("%s: uses blocks where they are worth it", (_, one) => {
    const text = stepsText(stepsOf(prepare(specOf(one).spec, (outputs) => inBlocks(outputs, 16)).plan));
    expect(text.includes("ReorderInput")).toBe(one.inBlocks);
  });
});
