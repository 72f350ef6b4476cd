import { describe, expect, it } from "vitest";
import { optionFromKeras } from "../../src/core/option-names.js";
import { interpret, interpretPlan, plan, type Value } from "../../src/graph/index.js";
import type { BaseImagePreprocessingLayer } from "../../src/layers/image/base-image.js";
import * as layers from "../../src/layers/index.js";
import { CallTrace, rootContext } from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";

interface Plain {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: readonly number[];
}
interface Row {
  readonly transformation: Readonly<Record<string, Plain>>;
  readonly images: Plain;
  readonly labels?: Plain;
}
const FIXTURE = kerasFixture<{
  readonly images: Plain;
  readonly small: Plain;
  readonly rows: Readonly<Record<string, Row>>;
}>("image-transformations");
const ROWS = 3;
// biome-ignore lint/suspicious/noExplicitAny: layers of all kinds
type AnyImageLayer = BaseImagePreprocessingLayer<any, any>;

/** The same layers here. */
const LAYERS: Readonly<Record<string, AnyImageLayer>> = {
  RandomFlip: new layers.RandomFlip(),
  "RandomFlip vertical": new layers.RandomFlip("vertical"),
  RandomTranslation: new layers.RandomTranslation(0.3, 0.3, { fillMode: "wrap" }),
  RandomZoom: new layers.RandomZoom(0.3),
  RandomShear: new layers.RandomShear({ xFactor: 0.3, yFactor: 0.3, fillMode: "nearest" }),
  RandomCrop: new layers.RandomCrop(3, 4),
  RandomContrast: new layers.RandomContrast(0.5),
  RandomBrightness: new layers.RandomBrightness(0.5),
  RandomHue: new layers.RandomHue(0.5),
  RandomSaturation: new layers.RandomSaturation(0.5, { valueRange: [0, 1] }),
  RandomColorDegeneration: new layers.RandomColorDegeneration(0.5),
  RandomGrayscale: new layers.RandomGrayscale(),
  RandomGaussianBlur: new layers.RandomGaussianBlur({ kernelSize: [3, 5] }),
  RandomInvert: new layers.RandomInvert(),
  RandomPosterization: new layers.RandomPosterization([2, 5]),
  RandomSharpness: new layers.RandomSharpness(0.5),
  RandomPerspective: new layers.RandomPerspective(),
  RandomErasing: new layers.RandomErasing(),
  Solarization: new layers.Solarization({ additionFactor: 0.5, thresholdFactor: 0.5 }),
  MixUp: new layers.MixUp(),
  CutMix: new layers.CutMix(),
  RandomRotation: new layers.RandomRotation(0.3),
  Equalization: new layers.Equalization(),
};

const feeds = new Map<Value, readonly number[]>();
function leaf({ shape, dtype, data }: Plain): Value {
  const value = ops.input("x", shape[0] === ROWS ? [-1, ...shape.slice(1)] : shape, dtype);
  feeds.set(value, data);
  return value;
}

describe("a given transformation makes of images what Keras's layer makes of them", () => {
  it.each(Object.entries(FIXTURE.rows))("%s", (label, { transformation, images, labels }) => {
    const layer = LAYERS[label]!;
    const entries = Object.entries(transformation).map(([name, plain]) => [optionFromKeras(name), leaf(plain)]);
    const how = Object.fromEntries(entries) as never;
    const x = leaf(label === "RandomSaturation" ? FIXTURE.small : FIXTURE.images);
    const made = [layer.transformImages(x, how)];
    if (labels !== undefined) {
      const oneHot = leaf({ shape: [3, 2], dtype: "float32", data: [1, 0, 0, 1, 1, 0] });
      made.push(layer.transformLabels(oneHot, how));
    }
    for (const shards of [1, 2, 3]) {
      const results = interpretPlan(plan(made, shards), { feeds, rows: ROWS });
      expect(results[0]!.shape).toEqual(images.shape);
      const largest = Math.max(...images.data.map(Math.abs));
      images.data.forEach((value, i) => {
        expect(Math.abs(results[0]!.data[i]! - value), `element ${i}`).toBeLessThanOrEqual(1e-5 * largest);
      });
      if (labels !== undefined) expect(firstDifference(results[1]!.data, labels.data)).toBeNull();
    }
  });

  it("all layers of the fixture are here", () => {
    expect(Object.keys(LAYERS).sort()).toEqual(Object.keys(FIXTURE.rows).sort());
  });
});

// biome-ignore lint/suspicious/noExplicitAny: transformations of all kinds
type Drawn = any;
/** Numbers of a transformation of 2000 images of 4 by 5 pixels. */
function drawn(layer: AnyImageLayer, pick: (how: Drawn) => Value): Float64Array {
  const context = rootContext(layer as never, {
    training: true,
    rows: ops.constant(2000),
    trace: new CallTrace(),
  });
  const images = ops.input("images", [-1, 4, 5, 3]);
  const how = layer.getRandomTransformation(images, context);
  const [result] = interpret([ops.cast(pick(how), "float32")], {
    feeds: new Map([[images, new Float64Array(2000 * 60)]]),
    rows: 2000,
    seed: 1,
    iteration: 3,
  });
  return Float64Array.from(result!.data);
}
const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;
const deviation = (x: Float64Array): number => Math.sqrt(mean(x.map((value) => (value - mean(x)) ** 2)));

describe("what is drawn has the distribution that the options say", () => {
  const UNIFORM = Math.sqrt(1 / 12);
  // biome-ignore lint/suspicious/noExplicitAny: each layer has transformations of its own
  const CASES: readonly [string, any, (how: any) => Value, readonly [number, number]][] = [
    ["angles", new layers.RandomRotation([0.1, 0.3]), (how) => how.angle, [72, 72 * UNIFORM]],
    ["flips", new layers.RandomFlip(), (how) => how.flips, [0.5, 0.5]],
    ["zooms", new layers.RandomZoom(0.2), (how) => how.heightZoom, [1, 0.4 * UNIFORM]],
    ["contrasts", new layers.RandomContrast([0.2, 0.6]), (how) => how.contrastFactor, [1.2, 0.8 * UNIFORM]],
    ["brightness", new layers.RandomBrightness(0.2), (how) => how.rgbDelta, [0, 102 * UNIFORM]],
    ["bits", new layers.RandomPosterization([2, 5]), (how) => how.shiftFactor, [5, Math.sqrt(2 / 3)]],
    ["erasing", new layers.RandomErasing({ factor: [0.3, 0.3] }), (how) => how.applyErasing, [0.3, Math.sqrt(0.21)]],
    // A beta distribution of a and a has the variance 1 / (4 (2a + 1)).
    ["mixing", new layers.MixUp({ alpha: 0.2 }), (how) => how.mixWeight, [0.5, Math.sqrt(1 / 5.6)]],
    ["mixing evenly", new layers.MixUp({ alpha: 3 }), (how) => how.mixWeight, [0.5, Math.sqrt(1 / 28)]],
    [
      "shears",
      new layers.RandomShear({ xFactor: [0.2, 0.4] }),
      (how) => ops.abs(ops.slice(how.shearFactor, 1, 0, 1)),
      [0.3, 0.2 * UNIFORM],
    ],
  ];
  it.each(CASES)("%s", (_label, layer, pick, [middle, spread]) => {
    const numbers = drawn(layer, pick);
    expect(Math.abs(mean(numbers) - middle)).toBeLessThan(5 * (spread / Math.sqrt(2000)));
    expect(Math.abs(deviation(numbers) / spread - 1)).toBeLessThan(0.08);
  });

  it("an order of the batch has each row once", () => {
    const order = drawn(new layers.MixUp(), (how: { permutationOrder: Value }) => how.permutationOrder);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
  });
});
