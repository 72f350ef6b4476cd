import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ApplicationOptions } from "../../src/applications/index.js";
import { resetNames } from "../../src/core/names.js";
import { optionFromKeras } from "../../src/core/option-names.js";
import type { Json } from "../../src/core/stateful.js";
import { applications, Input, Model, Tensor } from "../../src/index.js";
import { extentOf } from "../support/extent.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";

interface Known {
  readonly application: string;
  readonly options: { readonly [option: string]: Json };
  readonly layers: number;
  readonly parameters: number;
  readonly configs: string;
  readonly weights: string;
}

const FIXTURE = kerasFixture<Readonly<Record<string, Known>>>("applications");
const CLASSES = applications as unknown as Readonly<Record<string, (options: ApplicationOptions) => Promise<Model>>>;

/** Numbers in one form for Python and JavaScript: interop/fixtures/applications.py has the same. */
function plain(value: unknown): unknown {
  if (typeof value === "number") {
    const [digits, exponent] = value.toExponential(9).split("e");
    return `${digits}e${exponent}`;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

const digest = (texts: readonly string[]): string => createHash("sha256").update(texts.join("\n")).digest("hex");

function lines(model: Model): { layers: string[]; weights: string[] } {
  const { layers } = (model.toJSON() as unknown as { config: { layers: readonly Record<string, Json>[] } }).config;
  return {
    layers: layers.map(({ build_config, compile_config, ...layer }) => JSON.stringify(plain(layer))),
    weights: model.weights.map(({ path, shape }) =>
      JSON.stringify(plain([path.split("/").slice(-2).join("/"), shape])),
    ),
  };
}

/** One of each family that is made in a moment; CI makes all. */
const QUICK =
  /^(VGG16|DenseNet121|EfficientNetB0|EfficientNetV2B0|Xception|.*half|.*wide|.*minimalistic|.*pooled|.*bare)$/;
const labels = Object.keys(FIXTURE).filter((label) => extentOf("PAWL_APPLICATIONS") === "full" || QUICK.test(label));

describe("every application has the layers, configs and weights of Keras's", () => {
  test.each(labels)("%s", async (label) => {
    const { application, options, layers, parameters, configs, weights } = FIXTURE[label]!;
    resetNames();
    const given = Object.entries(options).map(([key, value]) => [optionFromKeras(key), value]);
    const model = await CLASSES[application]!({ weights: null, ...Object.fromEntries(given) });
    const made = lines(model);
    expect(made.layers.length).toBe(layers);
    if (process.env["PAWL_SHOW"]) console.log([...made.layers, ...made.weights].join("\n"));
    expect(model.countParams()).toBe(parameters);
    expect(digest(made.weights), "paths and shapes of weights").toBe(weights);
    expect(digest(made.layers), "configs of layers").toBe(configs);
  });
});

describe("what is wrong with an application's options is said", () => {
  const refused = (make: () => Promise<unknown>): Promise<string> =>
    make().then(
      () => "nothing",
      (error: Error) => error.message,
    );

  test("weights that would have to be downloaded", async () => {
    expect(await refused(() => applications.ResNet50({ weights: "imagenet" }))).toMatchInlineSnapshot(
      `"ResNet50.weights must be the path of a weights file, or null for new random weights. Received: "imagenet". Nothing is downloaded unasked. Take Keras's file, which ResNet50() in Keras keeps in ~/.keras/models, and give its path."`,
    );
    expect(await refused(() => applications.ResNet50({} as never))).toMatchInlineSnapshot(
      `"ResNet50 needs the option "weights". Received: no options. Give weights, which has no default."`,
    );
  });

  test("images that are too small, or of no known size", async () => {
    const small = { weights: null, inputShape: [16, 16, 3] };
    expect(await refused(() => applications.Xception(small))).toMatchInlineSnapshot(
      `"Xception cannot take images of this shape. Received: (16, 16, 3). Expected: at least 71 x 71. Take larger images, or resize them."`,
    );
    const unknown = { weights: null, inputShape: [null, null, 3] };
    expect(await refused(() => applications.MobileNet(unknown))).toMatchInlineSnapshot(
      `"MobileNet cannot take images of this shape. Received: (?, ?, 3). Expected: a known height and width. State them, or leave the classifier out: includeTop: false."`,
    );
  });
});

describe("images and predictions", () => {
  const pixels = new Tensor(
    Float32Array.from({ length: 12 }, (_, i) => i * 20),
    [1, 2, 2, 3],
  );

  test.each(["caffe", "tf", "torch"] as const)(
    "%s: images are prepared as in Keras, as data and in a model",
    async (mode) => {
      const prepared = applications.preprocessInput(pixels, { mode });
      const images = Input({ shape: [2, 2, 3] });
      const model = new Model(images, applications.preprocessInput(images, { mode }));
      expect(firstDifference((await model.predict(pixels, { verbose: 0 })).data, prepared.data)).toBeNull();
      const [blue] = { caffe: [-63.939], tf: [-1], torch: [-2.117904] }[mode];
      expect(prepared.data[0]).toBeCloseTo(blue!, 4);
      const first = new Tensor(
        Float32Array.from({ length: 12 }, (_, i) => pixels.data[(i % 4) * 3 + Math.floor(i / 4)]!),
        [1, 3, 2, 2],
      );
      const other = applications.preprocessInput(first, { mode, dataFormat: "channels_first" });
      expect(other.data[0]).toBe(prepared.data[0]);
      expect(other.data[4]).toBe(prepared.data[1]);
    },
  );

  test("the likeliest classes have their labels", async () => {
    const labels = { 0: ["n1", "tench"], 1: ["n2", "goldfish"], 2: ["n3", "shark"] } as const;
    const scores = new Tensor([0.2, 0.5, 0.3], [1, 3]);
    expect(await applications.resnet.decodePredictions(scores, labels, { top: 2 })).toEqual([
      [
        { id: "n2", name: "goldfish", score: 0.5 },
        { id: "n3", name: "shark", score: expect.closeTo(0.3) },
      ],
    ]);
  });
});
