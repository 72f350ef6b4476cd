import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Arena, type Block, defaultArena } from "../arena.js";
import { configure } from "../workers.js";
import { allowCrew, callAlong } from "./crew.js";

const along = (name: string, op: string): string => `
(func $${name} (param $bytes i32) (param $scale i32) (param $a i32) (param $out i32) (local $at i32) (local $s v128)
  (local.set $s (f32x4.splat (f32.load (local.get $scale))))
  (loop $next
    (v128.store (i32.add (local.get $out) (local.get $at))
      (${op} (v128.load (i32.add (local.get $a) (local.get $at))) (local.get $s)))
    (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))`;

beforeAll(() => allowCrew(4));
afterAll(() => configure({}));

/** The scaled numbers, and what lies behind them. */
function compute(name: string, op: string, length: number, scale: number, arena = defaultArena()): Float32Array {
  const blocks: Block[] = [4, length * 4, length * 4 + 64].map((bytes) => arena.allocate(bytes));
  const [factor, a, out] = blocks as [Block, Block, Block];
  factor.view("float32", 1)[0] = scale;
  const numbers = a.view("float32", length);
  for (let i = 0; i < length; i++) numbers[i] = i % 1013;
  const target = out.view("float32", length + 16);
  target.fill(-1);
  const streams = blocks.map(({ offset }, i) => ({ address: offset, moves: i > 0 }));
  callAlong(along(name, op), name, out.segment, length * 4, streams);
  const result = target.slice();
  for (const block of blocks) block.free();
  return result;
}

function expected(length: number, of: (x: number) => number): Float32Array {
  return Float32Array.from({ length: length + 16 }, (_, i) => (i < length ? of(i % 1013) : -1));
}

/** Bytes, because so many numbers take a test runner seconds. */
function expectEqual(actual: Float32Array, wanted: Float32Array): void {
  expect(Buffer.compare(Buffer.from(actual.buffer), Buffer.from(wanted.buffer))).toBe(0);
}

describe("functions that go along tensors", () => {
  it.each([1, 2, 4])("give the same with %i workers, whatever the size", (workers) => {
    configure({ workers });
    for (const length of [4, 65_536, 65_540, 262_144, 1_000_004, 65_536]) {
      expectEqual(
        compute("scale", "f32x4.mul", length, 3),
        expected(length, (x) => x * 3),
      );
    }
  });

  it("do not mix with what comes right after them, in other functions and memories", () => {
    configure({ workers: 4 });
    const elsewhere = new Arena();
    for (let round = 0; round < 200; round++) {
      const length = 65_536 + 4 * round;
      const arena = round % 3 === 0 ? elsewhere : defaultArena();
      const [name, op] = round % 2 === 0 ? (["scale", "f32x4.mul"] as const) : (["shift", "f32x4.add"] as const);
      const result = compute(name, op, length, round, arena);
      const of = (x: number): number => Math.fround(op === "f32x4.mul" ? x * round : x + round);
      expectEqual(result, expected(length, of));
    }
  });
});
