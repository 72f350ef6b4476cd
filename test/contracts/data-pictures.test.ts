import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { decodeImage } from "../../src/data/index.js";
import { openImageFolder } from "../../src/data/sources/image-folder.js";

type Nested = readonly (number | Nested)[];
interface Fixture {
  readonly pictures: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<"rgb" | "rgba", Nested>>;
  readonly bmp: Readonly<Record<string, { readonly file: string; readonly rgb: Nested }>>;
}

const path = join(import.meta.dirname, "../fixtures/keras/data_formats.json");
const fixture = JSON.parse(readFileSync(path, "utf8")) as Fixture;
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));
const flat = (nested: Nested): number[] => nested.flat(9) as number[];

describe("BMP and GIF pictures", () => {
  test.each(["rgb", "rgba"] as const)("in a folder are those of Keras: %s", async (colorMode) => {
    const files = memoryVfs();
    await files.makeFolder(`root/${colorMode}`);
    for (const [name, coded] of Object.entries(fixture.pictures)) {
      if (name.startsWith(`${colorMode}/`)) await files.writeFile(`root/${name}`, decode(coded));
    }
    const options = { imageSize: [8, 7], labels: null, shuffle: false, colorMode };
    const { source } = await openImageFolder("root", options, files);
    const images = (await source.read(0, source.length)).map(({ image }) => [...(image.data as Float32Array)]);
    const theirs = fixture.images[colorMode].map((image) => flat([image]));
    expect(images).toHaveLength(theirs.length);
    // Rounded by the fixture.
    for (const [i, image] of images.entries()) {
      expect(Math.max(...image.map((value, k) => Math.abs(value - theirs[i]![k]!)))).toBeLessThan(2e-4);
    }
  });

  test.each(Object.entries(fixture.bmp))("BMP of %s", async (_name, { file, rgb }) => {
    const image = (await decodeImage(decode(file))) as Tensor;
    expect([image.dtype, image.toArray()]).toEqual(["uint8", rgb]);
    const one = await decodeImage(decode(file), { colorMode: "grayscale", imageSize: 2 });
    expect([one.dtype, one.shape]).toEqual(["float32", [2, 2, 1]]);
  });

  test("BMP files that are packed, cut off or too large are refused", async () => {
    const good = decode(fixture.pictures["rgb/bottom-up.bmp"]!);
    const changed = (at: number, value: number): Uint8Array => {
      const bytes = good.slice();
      new DataView(bytes.buffer).setUint32(at, value, true);
      return bytes;
    };
    for (const [bytes, message] of [
      [changed(30, 1), "packed by method 1"],
      [good.subarray(0, good.length - 1), "cut short"],
      [good.subarray(0, 30), "header is cut short"],
      [changed(18, 0x7fff_ffff), "2147483647 x 6 pixels"],
      [changed(14, 12), "OS/2"],
      [changed(28, 7), "7 bits a pixel"],
    ] as const) {
      const error = await decodeImage(bytes).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "image-damaged", parts: { received: expect.stringContaining(message) } });
    }
    const small = decode(fixture.bmp["4 bits"]!.file);
    new DataView(small.buffer, small.byteOffset).setUint32(10, 58, true);
    await expect(decodeImage(small)).rejects.toMatchObject({ code: "image-damaged" });
  });

  test("anything but bytes is refused", async () => {
    await expect(decodeImage("a.png" as unknown as Uint8Array)).rejects.toMatchObject({ code: "not-bytes" });
  });
});
