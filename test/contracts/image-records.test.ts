import { describe, expect, it } from "vitest";
import { interpret, type Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { CallTrace, rootContext } from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";

const images = ops.input("images", [-1, 4, 5, 3]);
const labels = ops.input("labels", [-1, 2]);
const boxes = ops.input("boxes", [-1, 2, 4]);
const boxLabels = ops.input("boxLabels", [-1, 2]);
const ROWS = 4;
const feeds = new Map<Value, readonly number[]>([
  [images, Array.from({ length: ROWS * 60 }, (_, i) => (i * 7) % 251)],
  [labels, [1, 0, 0, 1, 1, 0, 0, 1]],
  [boxes, Array.from({ length: ROWS * 8 }, (_, i) => i)],
  [boxLabels, Array.from({ length: ROWS * 2 }, (_, i) => i)],
]);
type Outcome = { readonly images: Value; readonly labels: Value; readonly boundingBoxes: Record<string, Value> };

/** What a layer's call gives for a record, in training. */
function called(layer: layers.AnyLayer, record: object, training = true): Outcome {
  const context = rootContext(layer, { training, rows: ops.constant(ROWS), trace: new CallTrace() });
  return context.apply(layer, record as never) as unknown as Outcome;
}
const compute = (...values: Value[]): (readonly number[])[] =>
  interpret(values, { feeds, rows: ROWS, seed: 3, iteration: 1 }).map(({ data }) => Array.from(data));

describe("layers for images take records of what belongs to images", () => {
  it("labels are mixed as the images are", () => {
    const layer = new layers.MixUp({ alpha: 1 });
    const made = called(layer, { images, labels });
    const [mixed, mixedLabels] = compute(made.images, made.labels);
    // Each image is w of itself and 1 - w of another; so are its labels, which add up to 1.
    for (let row = 0; row < ROWS; row++) expect(mixedLabels![2 * row]! + mixedLabels![2 * row + 1]!).toBeCloseTo(1, 6);
    expect(mixed).not.toEqual(feeds.get(images));
  });

  it("nothing changes outside of training", () => {
    const made = called(new layers.CutMix(), { images, labels }, false);
    expect(compute(made.images, made.labels)).toEqual([feeds.get(images), feeds.get(labels)]);
  });

  it("boxes stay where they are when only colours change", () => {
    const layer = new layers.RandomBrightness(0.2);
    const made = called(layer, { images, boundingBoxes: { boxes, labels: boxLabels } });
    const { boundingBoxes } = made;
    expect(compute(boundingBoxes["boxes"]!, boundingBoxes["labels"]!)).toEqual([
      feeds.get(boxes),
      feeds.get(boxLabels),
    ]);
  });

  it("boxes are cut off and filled up", () => {
    const record = { images, boundingBoxes: { boxes, labels: boxLabels } };
    const three = called(new layers.MaxNumBoundingBoxes(3), record).boundingBoxes;
    expect(compute(three["labels"]!)).toEqual([[0, 1, -1, 2, 3, -1, 4, 5, -1, 6, 7, -1]]);
    const one = called(new layers.MaxNumBoundingBoxes(1), record).boundingBoxes;
    expect(compute(one["boxes"]!)).toEqual([[0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]]);
  });

  it("layers that move pixels move boxes, once they are told how these are written", () => {
    const record = { images, boundingBoxes: { boxes, labels: boxLabels } };
    expect(() => called(new layers.RandomFlip("horizontal", { name: "flip" }), record)).toThrow(
      /RandomFlip "flip" is not told how bounding boxes are written\. .*boundingBoxFormat: one of xyxy/u,
    );
    const { boundingBoxes } = called(new layers.RandomFlip("horizontal", { boundingBoxFormat: "xyxy" }), record);
    expect(boundingBoxes["boxes"]!.shape).toEqual([-1, 2, 4]);
  });

  it("layers that make no box of a box say so", () => {
    const record = { images, boundingBoxes: { boxes, labels: boxLabels } };
    expect(() => called(new layers.CutMix({ name: "cut", boundingBoxFormat: "xyxy" }), record)).toThrow(
      /CutMix "cut" cannot move bounding boxes with the images\. .*Leave boundingBoxes out/u,
    );
  });

  it("other names are refused", () => {
    expect(() => called(new layers.RandomFlip(), { images, label: labels })).toThrow(
      /takes images, or a record of values with these names\. Received: \{ images: a value, label: a value \}/u,
    );
  });
});
