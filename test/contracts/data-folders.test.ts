import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { type AudioFolderOptions, openAudioFolder } from "../../src/data/sources/audio-folder.js";
import { type ImageFolderOptions, openImageFolder } from "../../src/data/sources/image-folder.js";
import { openTextFolder, type TextFolderOptions } from "../../src/data/sources/text-folder.js";
import { readWav } from "../../src/data/sources/wav.js";

type Options = Readonly<Record<string, unknown>>;
type Nested = readonly (number | Nested)[];
interface Fixture {
  readonly pictures: Readonly<Record<string, string>>;
  readonly images: readonly { readonly folder: string; readonly options: Options; readonly images: Nested }[];
  readonly jpeg: Nested;
  readonly texts: Readonly<Record<string, string>>;
  readonly splits: readonly {
    readonly options: Options;
    readonly paths: readonly string[];
    readonly texts: readonly string[] | null;
    readonly labels: Nested | null;
    readonly classes: readonly number[] | null;
    readonly classNames: readonly string[] | null;
  }[];
  readonly sounds: Readonly<Record<string, string>>;
  readonly audio: readonly { readonly options: Options; readonly x: Nested; readonly y: Nested }[];
  readonly wav: Readonly<Record<string, string>>;
  readonly tone: Nested;
}

const path = join(import.meta.dirname, "../fixtures/keras/data_folders.json");
const fixture = JSON.parse(readFileSync(path, "utf8")) as Fixture;
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));
const flat = (nested: Nested): number[] => (nested as number[]).flat(9) as number[];
const ours = (options: Options): Options =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

async function diskOf(files: Readonly<Record<string, string>>): Promise<Vfs> {
  const disk = memoryVfs();
  for (const [name, coded] of Object.entries(files)) {
    await disk.makeFolder(`root/${name.slice(0, name.lastIndexOf("/"))}`);
    await disk.writeFile(`root/${name}`, decode(coded));
  }
  return disk;
}

const largest = (a: readonly number[], b: readonly number[]): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
};

describe("pictures are those of Keras", () => {
  test.each(fixture.images)("$options", async ({ folder, options, images }) => {
    const disk = await diskOf(fixture.pictures);
    const given = { imageSize: [8, 7], shuffle: false, labels: null, ...ours(options) } as ImageFolderOptions;
    const { source } = await openImageFolder(`root/${folder}`, given, disk);
    const read = await source.read(0, source.length);
    // Rounded by the fixture.
    const bound = 2e-4;
    for (const [i, { image }] of read.entries()) {
      expect(largest([...(image.data as Float32Array)], flat([images[i]!]))).toBeLessThanOrEqual(bound);
    }
  });

  test("of a JPEG file to what decoders differ in", async () => {
    const options = { imageSize: 16, labels: null, shuffle: false } as const;
    const { source, filePaths } = await openImageFolder("root/b", options, await diskOf(fixture.pictures));
    expect(filePaths).toEqual(["root/b/rgba.png", "root/b/deep/photo.jpg"]);
    const [{ image }] = (await source.read(1, 2)) as [{ image: Tensor }];
    const theirs = flat(fixture.jpeg);
    const differences = [...(image.data as Float32Array)].map((value, i) => Math.abs(value - theirs[i]!));
    // TensorFlow's decoder takes a quicker transformation.
    expect(differences.reduce((sum, one) => sum + one, 0) / theirs.length).toBeLessThan(2.5);
    expect(Math.max(...differences)).toBeLessThan(20);
  });

  test("what cannot be decoded is named", async () => {
    const disk = await diskOf(fixture.pictures);
    const whole = decode(fixture.pictures["a/rgb.png"]!);
    await disk.writeFile("root/a/rgb.png", whole.subarray(0, whole.length / 2));
    const { source } = await openImageFolder("root", { shuffle: false }, disk);
    await expect(source.read(1, 2)).rejects.toMatchObject({ code: "image-damaged", data: { path: "root/a/rgb.png" } });
    expect((await source.read(0, 1))[0]).toMatchObject({ label: 0 });
  });
});

describe("texts, labels and splits are those of Keras", () => {
  test.each(fixture.splits)("$options", async ({ options, paths, texts, labels, classes, classNames }) => {
    const disk = await diskOf(fixture.texts);
    const opened = await openTextFolder("root", ours(options) as TextFolderOptions, disk);
    expect(opened.filePaths.map((file) => file.slice(5))).toEqual(paths);
    expect(opened.classNames).toEqual(classNames);
    const read = await opened.source.read(0, opened.source.length);
    if (texts !== null) expect(read.map(({ text }) => text)).toEqual(texts);
    const given = read.map(({ label }) => (label instanceof Float32Array ? [...label] : label));
    if (labels !== null) expect(given).toEqual(labels);
    else if (classes !== null && options["label_mode"] === undefined) expect(given).toEqual(classes);
  });

  test("maxLength counts characters", async () => {
    const { source } = await openTextFolder("root", { maxLength: 5, shuffle: false }, await diskOf(fixture.texts));
    expect((await source.read(0, 1))[0]!.text).toBe("neg ß");
  });

  test("nothing held back leaves all for training, where Keras leaves none", async () => {
    const options = { validationSplit: 0.01, subset: "training", shuffle: false } as const;
    expect((await openTextFolder("root", options, await diskOf(fixture.texts))).source.length).toBe(12);
  });

  test.each([
    [{ classNames: ["pos", "bad"] }, "class-names"],
    [{ classNames: ["pos"], labels: null }, "folder-options"],
    [{ validationSplit: 0.5 }, "folder-options"],
    [{ validationSplit: 0.5, subset: "training" }, "folder-options"],
    [{ labels: [1, 2] }, "label-count"],
    [{ labelMode: "binary", classNames: ["pos"] }, "binary-classes"],
    [{ validationSplit: 1 }, "wrong-option"],
  ] as const)("%j is refused: %s", async (options, code) => {
    const disk = await diskOf(fixture.texts);
    await expect(openTextFolder("root", options as TextFolderOptions, disk)).rejects.toMatchObject({ code });
  });
});

describe("sounds are those of Keras", () => {
  test.each(fixture.audio)("$options", async ({ options, x, y }) => {
    const given = { shuffle: false, ...ours(options) } as AudioFolderOptions;
    const { source } = await openAudioFolder("root", given, await diskOf(fixture.sounds));
    const read = await source.read(0, source.length);
    expect(read.map(({ label }) => label)).toEqual(y);
    for (const [i, { audio, rate }] of read.entries()) {
      expect(rate).toBe(8000);
      // Without a length Keras pads to the longest of a batch.
      const theirs = flat([x[i]!]);
      expect(largest([...(audio.data as Float32Array)], theirs.slice(0, audio.size))).toBeLessThan(1e-5);
      expect(theirs.slice(audio.size).every((sample) => sample === 0)).toBe(true);
    }
  });

  test.each(Object.entries(fixture.wav))("%s", (name, coded) => {
    const { data, channels, rate } = readWav(decode(coded), "t.wav");
    expect([channels, rate]).toEqual([2, 8000]);
    expect(largest([...data], flat(fixture.tone))).toBeLessThan(name.startsWith("8,") ? 0.02 : 1e-4);
  });

  test("another rate than the one asked for is an error", async () => {
    const { source } = await openAudioFolder("root", { samplingRate: 16000 }, await diskOf(fixture.sounds));
    await expect(source.read(0, 1)).rejects.toMatchObject({ code: "sampling-rate" });
  });
});
