import { describe, expect, it } from "vitest";
import { appendTrailer, splitTrailer, TRAILER_BYTES, trailerOf } from "./trailer.js";

const body = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) & 255);

describe("trailer", () => {
  it("is removed as it was added", async () => {
    const split = await splitTrailer(await appendTrailer(body));
    expect(split).toEqual({ body, trailer: "intact" });
    expect(await trailerOf([body.subarray(0, 10), body.subarray(10)])).toEqual(await trailerOf([body]));
  });

  it("reveals every flipped bit, in body and trailer", async () => {
    const whole = await appendTrailer(body);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect([bit, (await splitTrailer(flipped)).trailer]).toEqual([bit, "damaged"]);
    }
  });

  it("is not found in other files, short files and truncated ones", async () => {
    const whole = await appendTrailer(body);
    expect((await splitTrailer(body)).trailer).toBe("none");
    expect((await splitTrailer(new Uint8Array(0))).trailer).toBe("none");
    for (let cut = 1; cut <= TRAILER_BYTES; cut++) {
      expect((await splitTrailer(whole.subarray(0, whole.length - cut))).trailer).toBe("none");
    }
  });

  it("reveals bytes missing in the middle", async () => {
    const whole = await appendTrailer(body);
    expect((await splitTrailer(whole.subarray(1))).trailer).toBe("damaged");
  });
});
