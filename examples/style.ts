// Style transfer: not weights but a picture is trained, until it has the shapes of one picture and the texture of
// another. What shapes and textures are, two layers of convolutions say; random ones will do.

import type { TrainStep, Value } from "pawl";
import { type Batch, layers, Model, ops, optimizers, Sequential, setRandomSeed, Tensor } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(12);
const SIZE = 56;
const relu = { padding: "same", activation: "relu" } as const;
/** How much each two maps of features are alike, wherever: (rows, h, w, c) to (rows, c, c). */
const gram = (x: Value) => ops.divide(ops.einsum("bijc,bijd->bcd", x, x), x.shape[1]! * x.shape[2]!);
const apart = (a: Value, b: Value) => ops.mean(ops.square(ops.subtract(a, b)));

class Style extends Model {
  readonly edges = new Sequential([new layers.Conv2D(16, 3, { ...relu, inputShape: [SIZE, SIZE, 1] })]);
  readonly shapes = new Sequential([new layers.Conv2D(32, 3, { ...relu, strides: 2, inputShape: [SIZE, SIZE, 16] })]);
  readonly picture = this.addWeight("picture", { shape: [1, SIZE, SIZE, 1], initializer: "zeros" });

  override trainStep({ x: [content, style] }: Batch<readonly [Value, Value]>, step: TrainStep) {
    const [own, ofContent, ofStyle] = [this.picture.value, content, style].map((x) => {
      const edges = this.edges.call(x);
      return { edges, shapes: this.shapes.call(edges) };
    });
    const kept = apart(own!.shapes, ofContent!.shapes);
    const styled = ops.add(
      apart(gram(own!.edges), gram(ofStyle!.edges)),
      apart(gram(own!.shapes), gram(ofStyle!.shapes)),
    );
    const loss = ops.add(kept, ops.multiply(styled, 1e4));
    step.minimize(loss, [this.picture]);
    return { loss, content: kept, style: styled };
  }
}

/** A picture (1, SIZE, SIZE, 1) from what it shows at each place. */
const picture = (at: (y: number, x: number) => number) =>
  new Tensor(
    Float32Array.from({ length: SIZE * SIZE }, (_, i) => at(Math.floor(i / SIZE), i % SIZE)),
    [1, SIZE, SIZE, 1],
  );
const { images } = await digits(16);
const digit = (y: number, x: number) => 4 * Math.floor(y / 14) + Math.floor(x / 14);
const shapes = picture((y, x) => Number(images.data[196 * digit(y, x) + 14 * (y % 14) + (x % 14)]));
const waves = picture((y, x) => (1 + Math.sin(x + 2 * Math.sin(y / 4))) / 2);

const model = new Style();
model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.02 }) });
model.picture.write(shapes);
const { history } = await model.fit([shapes, waves], null, { batchSize: 1, epochs: 60, verbose: 0, run: "runs/style" });
const [first, last] = [history["style"]![0]!, history["style"]!.at(-1)!];
console.log(`Distance from the texture: ${first.toExponential(1)}, then ${last.toExponential(1)}`);
