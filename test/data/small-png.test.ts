import { inflateSync } from "node:zlib";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { type ColorMode, imageDecoder } from "../../src/data/sources/image-decode.js";
import { readSmallPng } from "../../src/data/sources/image-png.js";

const inflate = (bytes: Uint8Array, most: number): Uint8Array => inflateSync(bytes, { maxOutputLength: most });
const pixels = (size: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + ((i * seed) >> 3) + (i % 5) * 40) & 255);

describe("small PNG files have the pixels that sharp reads", () => {
  // Adaptive filtering takes the filter of each row that makes the smallest file: all five come up.
  const kinds = [1, 2, 3, 4].flatMap((channels) =>
    [false, true].map((adaptiveFiltering) => ({ channels: channels as 1 | 2 | 3 | 4, adaptiveFiltering })),
  );
  test.each(kinds)(
    "$channels channels, adaptive filtering: $adaptiveFiltering",
    async ({ channels, adaptiveFiltering }) => {
      for (const [width, height] of [
        [28, 28],
        [1, 1],
        [1, 9],
        [33, 2],
      ] as const) {
        const raw = pixels(width * height * channels, width + channels);
        const image = sharp(raw, { raw: { width, height, channels } });
        const made = image.toColourspace(channels < 3 ? "b-w" : "srgb").png({ adaptiveFiltering });
        const bytes = new Uint8Array(await made.toBuffer());
        expect(readSmallPng(bytes, inflate)).toEqual({ data: raw, width, height, channels });
      }
    },
  );

  test.each(["grayscale", "rgb", "rgba"] as readonly ColorMode[])(
    "as %s, whatever they are stored as",
    async (mode) => {
      const decode = await imageDecoder("a test");
      const place = { where: "it", data: {} };
      for (const channels of [1, 2, 3, 4] as const) {
        const image = sharp(pixels(60 * channels, 3), { raw: { width: 10, height: 6, channels } });
        const bytes = new Uint8Array(
          await image
            .toColourspace(channels < 3 ? "b-w" : "srgb")
            .png()
            .toBuffer(),
        );
        // Interlaced ones are left to sharp.
        const woven = new Uint8Array(await image.png({ progressive: true }).toBuffer());
        expect([readSmallPng(bytes, inflate) === null, readSmallPng(woven, inflate)]).toEqual([false, null]);
        const [own, sharps] = [await decode(bytes, place, mode), await decode(woven, place, mode)];
        expect([own.channels, own.width, own.height, own.data]).toEqual([sharps.channels, 10, 6, sharps.data]);
      }
    },
  );
});

describe("what is not simple is left to sharp", () => {
  const simple = async (): Promise<Uint8Array> =>
    new Uint8Array(
      await sharp(pixels(300, 3), { raw: { width: 10, height: 10, channels: 3 } })
        .png()
        .toBuffer(),
    );

  test.each([
    ["a palette", (image: Sharp) => image.png({ palette: true })],
    ["16 bits", (image: Sharp) => image.toColourspace("rgb16").png()],
    ["another format", (image: Sharp) => image.webp()],
    ["a large picture", (image: Sharp) => image.resize(400, 400).png()],
  ])("%s", async (_name, make) => {
    const image = sharp(pixels(300, 3), { raw: { width: 10, height: 10, channels: 3 } });
    expect(readSmallPng(new Uint8Array(await make(image).toBuffer()), inflate)).toBe(null);
  });

  test("a file that is cut off anywhere, or has a byte more or less of pixels", async () => {
    const bytes = await simple();
    for (let length = 0; length < bytes.length; length++)
      expect(readSmallPng(bytes.slice(0, length), inflate)).toBe(null);
  });

  test("a changed byte never gives other pixels", async () => {
    const bytes = await simple();
    const right = readSmallPng(bytes, inflate);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const other = bytes.slice();
        other[at]! ^= change;
        // Bytes that say nothing of the pixels may change them as little.
        const read = readSmallPng(other, inflate);
        if (read !== null) expect(read).toEqual(right);
      }),
      { numRuns: 3000 },
    );
  });
});
