import { describe, expect, it } from "vitest";
import { optionFromKeras } from "../../src/core/option-names.js";
import { interpret, interpretPlan, plan, type Value } from "../../src/graph/index.js";
import { Tensor, utils } from "../../src/index.js";
import type { BaseImagePreprocessingLayer } from "../../src/layers/image/base-image.js";
import * as layers from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";
import { kerasFixture } from "./fixture.js";

type Format = utils.boundingBoxes.BoundingBoxFormat;

interface Plain {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: readonly number[];
}
interface Row {
  readonly shape: readonly number[];
  readonly transformation: Readonly<Record<string, Plain>>;
  readonly given: Plain;
  readonly boxes: Plain;
  readonly labels: Plain;
}
const FIXTURE = kerasFixture<{
  readonly labels: Plain;
  readonly xyxy: Plain;
  readonly rows: Readonly<Record<string, Row>>;
  readonly utils: {
    readonly converted: readonly { source: Format; target: Format; boxes: Plain }[];
    readonly clip: { given: Plain; boxes: Plain; labels: Plain };
    readonly clipRelative: { given: Plain; boxes: Plain; labels: Plain };
    readonly deltas: { center_yxhw: Plain; center_xywh: Plain };
    readonly iou: { batched: Plain; one: Plain; mixed: Plain };
    readonly masked: { given: Plain; iou: Plain };
  } & Readonly<Record<"affine" | "crop" | "pad" | "other" | "wide" | "decoded" | "ciou", Plain>>;
}>("image-boxes");
const ROWS = 3;
// biome-ignore lint/suspicious/noExplicitAny: layers of all kinds
type AnyImageLayer = BaseImagePreprocessingLayer<any, any>;

/** The same layers here. */
const LAYERS: Readonly<Record<string, AnyImageLayer>> = {
  RandomFlip: new layers.RandomFlip("horizontal_and_vertical", { boundingBoxFormat: "xyxy" }),
  "RandomFlip horizontal": new layers.RandomFlip("horizontal", { boundingBoxFormat: "rel_xywh" }),
  "RandomFlip vertical": new layers.RandomFlip("vertical", { boundingBoxFormat: "center_yxhw" }),
  RandomRotation: new layers.RandomRotation(0.3, { boundingBoxFormat: "xyxy" }),
  RandomTranslation: new layers.RandomTranslation(0.3, 0.3, { boundingBoxFormat: "rel_yxyx" }),
  RandomZoom: new layers.RandomZoom(0.3, { boundingBoxFormat: "center_xywh" }),
  RandomShear: new layers.RandomShear({ xFactor: 0.3, yFactor: 0.3, boundingBoxFormat: "xywh" }),
  RandomPerspective: new layers.RandomPerspective({ boundingBoxFormat: "xyxy" }),
  CenterCrop: new layers.CenterCrop(13, 18, { boundingBoxFormat: "yxyx" }),
  "CenterCrop larger": new layers.CenterCrop(48, 48, { boundingBoxFormat: "rel_center_xywh" }),
  Resizing: new layers.Resizing(36, 16, { boundingBoxFormat: "rel_xyxy" }),
  "Resizing cropped": new layers.Resizing(12, 12, { cropToAspectRatio: true, boundingBoxFormat: "xyxy" }),
  "Resizing padded": new layers.Resizing(16, 16, { padToAspectRatio: true, boundingBoxFormat: "xywh" }),
  RandomErasing: new layers.RandomErasing({ boundingBoxFormat: "xyxy" }),
};

const feeds = new Map<Value, readonly number[]>();
function leaf({ shape, dtype, data }: Plain): Value {
  const value = ops.input("x", shape[0] === ROWS ? [-1, ...shape.slice(1)] : shape, dtype);
  feeds.set(value, data);
  return value;
}
const tensor = ({ data, shape }: Plain): Tensor => new Tensor([...data], [...shape]);
const close = (made: ArrayLike<number>, expected: readonly number[], size = 32): void =>
  expected.forEach((number, i) => {
    expect(Math.abs(made[i]! - number), `number ${i}: ${made[i]} for ${number}`).toBeLessThanOrEqual(1e-5 * size);
  });

/** What a layer makes of boxes in images of a shape. */
function moved(layer: AnyImageLayer, { shape, transformation, given }: Omit<Row, "boxes" | "labels">) {
  const entries = Object.entries(transformation).map(([name, plain]) => [optionFromKeras(name), leaf(plain)]);
  const images = ops.input("images", [-1, ...shape.slice(1)]);
  return layer.transformBoundingBoxes(
    { boxes: leaf(given), labels: leaf(FIXTURE.labels) },
    (entries.length === 0 ? null : Object.fromEntries(entries)) as never,
    images,
  );
}

describe("boxes move with the pixels", () => {
  it.each(Object.entries(FIXTURE.rows))("%s: where Keras's layer moves them", (label, row) => {
    const { boxes, labels } = moved(LAYERS[label]!, row);
    for (const shards of [1, 2, 3]) {
      const [places, classes] = interpretPlan(plan([boxes, labels], shards), { feeds, rows: ROWS });
      expect(places!.shape).toEqual(row.boxes.shape);
      close(places!.data, row.boxes.data);
      expect(Array.from(classes!.data)).toEqual(row.labels.data);
    }
  });

  it("all layers of the fixture are here", () => {
    expect(Object.keys(LAYERS).sort()).toEqual(Object.keys(FIXTURE.rows).sort());
  });
});

describe("boxes stay around what they were around, where Keras's do not", () => {
  const SHAPE = [ROWS, 24, 32, 1];
  const boxes: Plain = { shape: [ROWS, 1, 4], dtype: "float32", data: [9, 8, 16, 14, 12, 9, 19, 15, 10, 10, 20, 13] };
  const classes: Plain = { shape: [ROWS, 1], dtype: "int32", data: [1, 1, 1] };
  /** Images that are 255 in the box and 0 outside. */
  const bright: Plain = {
    shape: SHAPE,
    dtype: "float32",
    data: Array.from({ length: ROWS * 24 * 32 }, (_, i) => {
      const [row, y, x] = [Math.floor(i / 768), Math.floor((i % 768) / 32), i % 32];
      const [left, top, right, bottom] = boxes.data.slice(4 * row, 4 * row + 4) as [number, number, number, number];
      return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
    }),
  };

  const f32 = (shape: number[], ...data: number[]): Plain => ({ shape, dtype: "float32", data });
  const place = (at: number): Plain => ({ shape: [], dtype: "int32", data: [at] });
  it.each<[string, AnyImageLayer, Record<string, Plain>]>([
    // Keras takes the columns that are cut off from rows, and rows from columns.
    ["RandomCrop", new layers.RandomCrop(18, 20, { boundingBoxFormat: "xyxy" }), { top: place(3), left: place(6) }],
    // Keras slants boxes in parts of the image, pixels in pixels; and one direction after the other.
    [
      "RandomShear",
      new layers.RandomShear({ xFactor: 0.5, yFactor: 0.5, fillMode: "constant", boundingBoxFormat: "xyxy" }),
      { shearFactor: f32([ROWS, 2], 0.3, 0.2, -0.2, 0.1, 0.4, -0.3) },
    ],
    [
      "RandomZoom",
      new layers.RandomZoom(0.5, { fillMode: "constant", boundingBoxFormat: "xyxy" }),
      { heightZoom: f32([ROWS, 1], 0.7, 1.3, 1), widthZoom: f32([ROWS, 1], 1.2, 0.8, 1.4) },
    ],
    [
      "RandomRotation",
      new layers.RandomRotation(0.5, { fillMode: "constant", boundingBoxFormat: "xyxy" }),
      { angle: f32([ROWS, 1], 30, -50, 90) },
    ],
  ])("%s", (_label, layer, transformation) => {
    const entries = Object.entries(transformation).map(([name, plain]) => [name, leaf(plain)]);
    const how = Object.fromEntries(entries) as never;
    const images = leaf(bright);
    const made = layer.transformBoundingBoxes({ boxes: leaf(boxes), labels: leaf(classes) }, how, images);
    const [pixels, corners] = interpret([layer.transformImages(images, how), made.boxes], { feeds, rows: ROWS });
    const [, height, width] = pixels!.shape as [number, number, number];
    for (let row = 0; row < ROWS; row++) {
      const lit = Array.from({ length: height * width }, (_, i) => i).filter(
        (i) => pixels!.data[row * height * width + i]! > 100,
      );
      const [xs, ys] = [lit.map((i) => i % width), lit.map((i) => Math.floor(i / width))];
      const around = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
      around.forEach((at, i) => {
        expect(Math.abs(corners!.data[4 * row + i]! - at), `image ${row}: ${around}`).toBeLessThan(1.6);
      });
    }
  });

  it("RandomPerspective and RandomRotation keep the format that boxes came in: in Keras they come as xyxy", () => {
    const row = FIXTURE.rows["RandomPerspective"]!;
    const relative = new layers.RandomPerspective({ boundingBoxFormat: "rel_xyxy" });
    const given = { ...row.given, data: row.given.data.map((x, i) => x / [32, 24][i % 2]!) };
    const { boxes: places } = moved(relative, { ...row, given });
    const [result] = interpret([places], { feeds, rows: ROWS });
    close(
      result!.data,
      row.boxes.data.map((x, i) => x / [32, 24][i % 2]!),
      1,
    );
  });

  it("RandomFlip cuts boxes off where the image ends: Keras takes parts of the image for pixels there", () => {
    const given: Plain = { shape: [ROWS, 1, 4], dtype: "float32", data: Array(ROWS).fill([-4, 2, 6, 40]).flat() };
    const flips: Plain = { shape: [ROWS, 1, 1, 1], dtype: "bool", data: [1, 0, 1] };
    const layer = new layers.RandomFlip("horizontal", { boundingBoxFormat: "xyxy" });
    const { boxes: places } = layer.transformBoundingBoxes(
      { boxes: leaf(given), labels: leaf(classes) },
      { flips: leaf(flips) },
      leaf(bright),
    );
    const [result] = interpret([places], { feeds, rows: ROWS });
    expect(Array.from(result!.data)).toEqual([26, 2, 32, 24, 0, 2, 6, 24, 26, 2, 32, 24]);
  });

  it("RandAugment moves boxes by the layers that it chose", () => {
    const layer = new layers.RandAugment({ numOps: 2, boundingBoxFormat: "xyxy" });
    const shift = leaf(f32([ROWS, 2], 3, -2, 0, 4, -5, 1));
    const transforms = {
      random_shear: { shearFactor: leaf(f32([ROWS, 2], 0.1, 0, 0.1, 0, 0.1, 0)) },
      random_translation: { translations: shift },
      random_rotation: { angle: leaf(f32([ROWS, 1], 10, 20, 30)) },
    };
    const how = { transforms, layerIdxes: leaf({ shape: [2], dtype: "int32", data: [1, 7] }) } as never;
    const { boxes: places } = layer.transformBoundingBoxes(
      { boxes: leaf(boxes), labels: leaf(classes) },
      how,
      leaf(bright),
    );
    const [result] = interpret([places], { feeds, rows: ROWS });
    close(result!.data, [12, 6, 19, 12, 12, 13, 19, 19, 5, 11, 15, 14]);
  });
});

describe("utils.boundingBoxes computes as keras.utils.bounding_boxes", () => {
  const { boundingBoxes: b } = utils;
  const { utils: keras, xyxy } = FIXTURE;
  const SIZE = { height: 24, width: 32 };
  const same = (made: Value, expected: Plain, size?: number): void => {
    const [result] = interpret([made]);
    expect(result!.shape).toEqual(expected.shape);
    close(result!.data, expected.data, size);
  };

  it.each(keras.converted.map((row) => [`${row.source} to ${row.target}`, row] as const))("%s", (_label, row) => {
    const source = keras.converted.find(({ source, target }) => source === "xyxy" && target === row.source)!;
    same(b.convertFormat(tensor(source.boxes), row.source, row.target, SIZE), row.boxes);
  });

  it("cutting off at the image's end, moving, cropping and padding", () => {
    const { clip, clipRelative } = keras;
    const labels = new Tensor(Int32Array.from(FIXTURE.labels.data), [3, 3]);
    const cut = b.clipToImageSize({ boxes: tensor(clip.given), labels }, { height: 20, width: 22 });
    same(cut.boxes, clip.boxes);
    same(cut.labels, clip.labels);
    const parts = b.clipToImageSize({ boxes: tensor(clipRelative.given), labels }, { boundingBoxFormat: "rel_xyxy" });
    same(parts.boxes, clipRelative.boxes, 1);
    same(parts.labels, clipRelative.labels);
    const turned = b.affineTransform(tensor(xyxy), {
      angle: [10, -20, 5],
      translateX: [0.1, 0, -0.2],
      translateY: [0, 0.2, 0.1],
      scale: [1, 1.2, 0.8],
      shearX: [5, 0, -10],
      shearY: [0, 8, 3],
      ...SIZE,
    });
    same(turned, keras.affine);
    same(b.crop(tensor(xyxy), { top: 4, left: 3, height: 12, width: 14 }), keras.crop);
    same(b.pad(tensor(xyxy), { top: 4, left: 3 }), keras.pad);
  });

  it("differences from anchors, and back", () => {
    const anchors = new Tensor(xyxy.data.slice(0, 12), [3, 4]);
    const other = tensor(keras.other);
    const format = { anchorFormat: "xyxy", boxFormat: "xyxy" } as const;
    same(b.encodeBoxToDeltas(anchors, other, format), keras.deltas.center_yxhw);
    const scaled = { encodingFormat: "center_xywh", variance: [0.1, 0.1, 0.2, 0.2] } as const;
    same(b.encodeBoxToDeltas(anchors, other, { ...format, ...scaled }), keras.deltas.center_xywh);
    const back = { ...scaled, anchorFormat: "xyxy", boxFormat: "rel_xyxy", ...SIZE } as const;
    same(b.decodeDeltasToBoxes(anchors, tensor(keras.deltas.center_xywh), back), keras.decoded, 1);
  });

  it("how much boxes overlap", () => {
    const format = { boundingBoxFormat: "xyxy" } as const;
    const [first, wide] = [new Tensor(xyxy.data.slice(0, 12), [3, 4]), tensor(keras.wide)];
    same(b.computeIou(tensor(xyxy), tensor(keras.other), format), keras.iou.batched, 1);
    same(b.computeIou(first, wide, format), keras.iou.one, 1);
    same(b.computeIou(tensor(xyxy), wide, format), keras.iou.mixed, 1);
    const masked = tensor(keras.masked.given);
    same(b.computeIou(masked, masked, { ...format, useMasking: true }), keras.masked.iou, 1);
    same(b.computeCiou(tensor(xyxy), tensor(keras.other), format), keras.ciou, 1);
  });

  it("what is missing or misspelled is named", () => {
    expect(() => b.convertFormat([[1, 2, 3, 4]], "xyxy", "rel_xyxy")).toThrow(
      /convertFormat must know the size of the images.*height null.*\{ height, width \} in pixels/u,
    );
    expect(() => b.convertFormat([[1, 2, 3]], "xyxy", "xywh")).toThrow(/boxes of four numbers.*\(1, 3\)/u);
    expect(() => b.convertFormat([[1, 2, 3, 4]], "xyxz" as never, "xywh")).toThrow(/xyxz.*"xyxy"/u);
  });
});
