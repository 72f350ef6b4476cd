import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { histogramOf } from "../../core/histogram.js";
import { joinBytes } from "../../core/join-bytes.js";
import { fileStart, histogram, images, pointRecord, pointsOf, readEvents, scalar } from "./index.js";
import { png } from "./png.js";

const point = (step: number): Uint8Array => pointRecord({ step, seconds: 2.5, values: [scalar("loss", step / 2)] });
const points = (steps: readonly number[]): Uint8Array => joinBytes(steps.map(point));
const steps = (bytes: Uint8Array): number[] => readEvents(bytes).map(({ step }) => Number(step));

describe("event files", () => {
  test("begin with their version, in a record that states its length", () => {
    const start = fileStart(0, false);
    expect(readEvents(start).map(({ what }) => what)).toEqual([{ case: "fileVersion", value: "brain.Event:2" }]);
    expect(new DataView(start.buffer, start.byteOffset).getUint32(0, true)).toBe(start.length - 16);
  });

  test("hold whole records up to the first that is torn or damaged", () => {
    const whole = joinBytes([fileStart(1, true), points([1, 2, 3])]);
    expect(steps(whole)).toEqual([0, 0, 0, 1, 2, 3]);
    for (let cut = 1; cut < point(3).length; cut++) {
      expect(steps(whole.subarray(0, whole.length - cut))).toEqual([0, 0, 0, 1, 2]);
    }
    const damaged = whole.slice();
    damaged[whole.length - 8]! ^= 1;
    expect(steps(damaged)).toEqual([0, 0, 0, 1, 2]);
  });

  test("give their points up to a limit of bytes, without what they begin with", () => {
    const size = point(1).length;
    for (const supersedes of [false, true]) {
      const whole = joinBytes([fileStart(1, supersedes), points([1, 2, 3])]);
      expect(pointsOf(whole, Number.POSITIVE_INFINITY)).toEqual(points([1, 2, 3]));
      expect(pointsOf(whole, 2 * size)).toEqual(points([1, 2]));
      expect(pointsOf(whole, 2 * size - 1)).toEqual(points([1]));
      expect(pointsOf(whole, 0)).toHaveLength(0);
      expect(pointsOf(whole.subarray(0, whole.length - 1), Number.POSITIVE_INFINITY)).toEqual(points([1, 2]));
    }
    expect(pointsOf(new Uint8Array(0), 5)).toHaveLength(0);
  });
});

describe("histograms", () => {
  test("count in equal parts, the last with the largest number", () => {
    expect(histogramOf([0, 1, 2, 3, 4], 4)).toEqual({ min: 0, max: 4, counts: [1, 1, 1, 2], notFinite: 0 });
  });

  test("of one number have it in the last part; of none are empty", () => {
    expect(histogramOf([7, 7], 3)).toEqual({ min: 7, max: 7, counts: [0, 0, 2], notFinite: 0 });
    expect(histogramOf([], 2)).toEqual({ min: 0, max: 0, counts: [0, 0], notFinite: 0 });
  });

  test("leave out what is not finite, and count it", () => {
    const values = [Number.NaN, 1, Number.POSITIVE_INFINITY, 2];
    expect(histogramOf(values, 2)).toEqual({ min: 1, max: 2, counts: [1, 1], notFinite: 2 });
  });

  test("are rows of left edge, right edge and count", () => {
    const { value } = histogram("w", { min: -1, max: 1, counts: [3, 4] });
    const { tensorContent } = value.value as { tensorContent: Uint8Array };
    expect([...new Float64Array(tensorContent.slice().buffer)]).toEqual([-1, 0, 3, 0, 1, 4]);
  });
});

describe("pictures", () => {
  test("are PNG files with their pixels", async () => {
    const data = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
    const bytes = await png({ width: 2, height: 2, channels: 3, data });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint32(16), view.getUint32(20), bytes[24], bytes[25]]).toEqual([2, 2, 8, 2]);
    const length = view.getUint32(33);
    const rows = inflateSync(bytes.subarray(41, 41 + length));
    expect([...rows]).toEqual([0, ...data.subarray(0, 6), 0, ...data.subarray(6)]);
  });

  test("of a value come after their width and height", async () => {
    const one = { width: 3, height: 2, channels: 1, data: new Uint8Array(6) } as const;
    const { value } = await images("w", [one, one]);
    const { stringVal } = value.value as { stringVal: Uint8Array[] };
    expect(stringVal.slice(0, 2).map((bytes) => new TextDecoder().decode(bytes))).toEqual(["3", "2"]);
    expect(stringVal).toHaveLength(4);
  });
});
