import * as threads from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import { Arena, type Block, defaultArena } from "../arena.js";
import { callWhole, type WasmCall } from "../wasm/call.js";
import { Crew } from "./crew.js";
import { type Part, Score } from "./score.js";

const along = (name: string, op: string): string => `
(func $${name} (param $bytes i32) (param $scale i32) (param $a i32) (param $out i32) (local $at i32) (local $s v128)
  (local.set $s (f32x4.splat (f32.load (local.get $scale))))
  (loop $next
    (v128.store (i32.add (local.get $out) (local.get $at))
      (${op} (v128.load (i32.add (local.get $a) (local.get $at))) (local.get $s)))
    (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))`;

/** Returns its parameter, as a failing kernel does. */
const REFUSE = "(func $refuse (param $code i32) (result i32) (local.get $code))";
/** Wastes time: about a nanosecond per count. */
const SLOW = `(func $slow (param $times i32) (result i32)
  (loop $again (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1))))) (i32.const 0))`;

/** Not idempotent: doing it twice shows in the result. */
const COUNT = `(func $count (param $at i32) (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1))))`;

let crew: Crew;
beforeAll(() => {
  crew = new Crew(threads, null);
});

function partOf(make: () => WasmCall): Part {
  let call = make();
  return {
    duty: null,
    name: "test",
    changes: true,
    session: null,
    place: () => (call = make()),
    run: () => {
      const code = callWhole(call);
      if (code !== 0) throw new Error(`code ${code}`);
    },
    explain: (code, text) => new Error(`code ${code} ${text}`.trim()),
  };
}

/** Numbers to be scaled, and some behind them that must not change. */
class Tensors {
  readonly factor: Block;
  readonly a: Block;
  readonly out: Block;
  readonly length: number;

  constructor(length: number, arena = defaultArena()) {
    [this.factor, this.a, this.out] = [4, length * 4, length * 4 + 64].map((bytes) => arena.allocate(bytes)) as [
      Block,
      Block,
      Block,
    ];
    this.length = length;
    const numbers = this.a.view("float32", length);
    for (let i = 0; i < length; i++) numbers[i] = i % 1013;
    this.target.fill(-1);
  }

  get target(): Float32Array {
    return this.out.view("float32", this.length + 16);
  }

  call(name: string, op: string, scale: number): WasmCall {
    this.factor.view("float32", 1)[0] = scale;
    const parameters = [this.factor, this.a, this.out].map(({ offset }) => offset);
    const bytes = Math.ceil(this.length / 4) * 16;
    return { text: along(name, op), name, segment: this.out.segment, parameters, along: { bytes, moves: [0, 1, 1] } };
  }

  /** Compares bytes, because a test runner takes seconds for so many numbers. */
  expect(of: (x: number) => number): void {
    const length = Math.ceil(this.length / 4) * 4;
    const wanted = Float32Array.from({ length: this.length + 16 }, (_, i) => (i < length ? of(i % 1013) : -1));
    for (let i = this.length; i < length; i++) wanted[i] = this.target[i]!;
    expect(Buffer.compare(Buffer.from(this.target.slice().buffer), Buffer.from(wanted.buffer))).toBe(0);
  }
}

const slow = (milliseconds: number): Part =>
  partOf(() => ({
    text: SLOW,
    duty: null,
    name: "slow",
    segment: defaultArena().allocate(4).segment,
    parameters: [milliseconds * 1e6],
  }));

/** Waits until members listen. */
async function arrive(workers: number): Promise<void> {
  const tensors = new Tensors(1_000_000);
  const score = new Score([[[partOf(() => tensors.call("scale", "f32x4.mul", 1))]]]);
  for (let i = 0; i < 50; i++) {
    await crew.perform(score, workers);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("a crew", () => {
  it.each([1, 2, 4])("gives the same results with %i workers, whatever the size", async (workers) => {
    for (const length of [4, 65_536, 65_540, 262_144, 1_000_004, 65_536]) {
      const tensors = new Tensors(length);
      const score = new Score([[[partOf(() => tensors.call("scale", "f32x4.mul", 3))]]]);
      await crew.perform(score, workers);
      tensors.expect((x) => x * 3);
      crew.forget(score);
    }
  });

  it("computes each unit exactly once, however many threads the next job has", async () => {
    await arrive(4);
    const units = 7;
    const scores = [0, 1, 2].map(() => {
      const cells = Array.from({ length: units }, () => defaultArena().allocate(4));
      for (const cell of cells) cell.view("int32", 1)[0] = 0;
      const chains = cells.map(({ offset, segment }) => [
        partOf(() => ({ text: COUNT, name: "count", segment, parameters: [offset] })),
      ]);
      return { cells, score: new Score([chains]), jobs: 0 };
    });
    for (let round = 0; round < 60_000; round++) {
      const one = scores[round % 3]!;
      await crew.perform(one.score, 2 + ((round * 7) % 4));
      one.jobs++;
    }
    for (const { cells, jobs, score } of scores) {
      expect(cells.map((cell) => cell.view("int32", 1)[0])).toEqual(cells.map(() => jobs));
      crew.forget(score);
    }
  });

  it("does not mix consecutive jobs with different functions, phases and memories", async () => {
    const elsewhere = new Arena();
    const scores = [0, 1, 2].map((which) => {
      const tensors = [1, 2, 3].map(
        (i) => new Tensors(100_000 + 4 * i + which, which === 0 ? elsewhere : defaultArena()),
      );
      let round = 0;
      const [name, op] = which === 1 ? (["scale", "f32x4.mul"] as const) : (["shift", "f32x4.add"] as const);
      const parts = tensors.map((tensor) => partOf(() => tensor.call(name, op, round)));
      const score = new Score([[[parts[0]!], [parts[1]!]], [[parts[2]!]]]);
      return async (next: number) => {
        round = next;
        score.place();
        await crew.perform(score, 4);
        for (const tensor of tensors) tensor.expect((x) => Math.fround(op === "f32x4.mul" ? x * next : x + next));
      };
    });
    for (let round = 0; round < 60; round++) await scores[round % 3]!(round);
  });

  it("distinguishes functions of one text", async () => {
    const both = `${along("scale", "f32x4.mul")}${along("shift", "f32x4.add")}`;
    for (const [name, of] of [
      ["scale", (x: number) => x * 3],
      ["shift", (x: number) => x + 3],
    ] as const) {
      const tensors = new Tensors(300_000);
      const score = new Score([[[partOf(() => ({ ...tensors.call(name, "", 3), text: both }))]]]);
      score.took(1000);
      await crew.perform(score, 2);
      tensors.expect(of);
    }
  });

  it("starts a phase only after the previous one has ended", async () => {
    const [first, second] = [new Tensors(500_000), new Tensors(500_000)];
    const chained: Part = partOf(() => ({
      ...second.call("scale", "f32x4.mul", 2),
      parameters: [second.factor.offset, first.out.offset, second.out.offset],
    }));
    const score = new Score([[[partOf(() => first.call("shift", "f32x4.add", 5))]], [[chained]]]);
    for (let i = 0; i < 20; i++) {
      first.target.fill(0);
      await crew.perform(score, 3);
      second.expect((x) => (x + 5) * 2);
    }
  });

  it.each(["alone", "in time", "aside"])("calls `meanwhile` once on the calling thread (%s)", async (how) => {
    await arrive(4);
    const tensors = [new Tensors(300_000), new Tensors(300_000)];
    const score = new Score([tensors.map((tensor) => [partOf(() => tensor.call("scale", "f32x4.mul", 3))])]);
    if (how === "aside") score.took(1000);
    let times = 0;
    await crew.perform(score, how === "alone" ? 1 : 4, () => times++);
    expect(times).toBe(1);
    for (const tensor of tensors) tensor.expect((x) => x * 3);
  });

  it("leaves long jobs to its members, so that timers run", async () => {
    await arrive(2);
    const score = new Score([[[slow(30)], [slow(30)]]]);
    await crew.perform(score, 2);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await crew.perform(score, 2);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it("one long run among short ones does not make a score long", () => {
    const score = new Score([[[slow(1)]]]);
    for (const time of [0.3, 0.2, 40]) score.took(time);
    expect(score.time).toBeLessThan(1);
    for (const time of [40, 40, 40, 40, 40, 40, 40, 40]) score.took(time);
    expect(score.time).toBe(40);
  });

  it.each(["in time", "aside"])("a failure is an error, and the next job works (%s)", async (when) => {
    await arrive(4);
    const refuse = (): Part =>
      partOf(() => ({ text: REFUSE, name: "refuse", segment: defaultArena().allocate(4).segment, parameters: [7] }));
    const score = new Score([
      [[refuse()], [refuse()], [slow(1)]],
      [[slow(1)], [slow(1)]],
    ]);
    if (when === "aside") score.took(1000);
    await expect(async () => await crew.perform(score, 4)).rejects.toThrow("code 7");
    const tensors = new Tensors(300_000);
    const next = new Score([[[partOf(() => tensors.call("scale", "f32x4.mul", 4))]]]);
    await crew.perform(next, 4);
    tensors.expect((x) => x * 4);
  });
});
