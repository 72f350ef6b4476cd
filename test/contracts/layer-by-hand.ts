import type { AnyLayer } from "../../src/layers/index.js";
import { factorsFor, flat, type Nested, noFixture, slopes } from "./by-hand.js";
import { applied, type Described, FIXTURES, type LayerFixture } from "./layer-fixture.js";
import { LayerGraph } from "./layer-runner.js";

/** The expected values of a layer that Keras does not have, worked out by hand. */
export interface LayerByHand {
  readonly inputs: readonly Nested[];
  readonly output: Nested;
  /** Values of the weights by name; default: 0.1, 0.2, … */
  readonly weights?: Readonly<Record<string, Nested>>;
}

/** A layer as users make it, and the key of its real Keras values in test/fixtures/keras/layers/. */
export interface LayerCase {
  readonly fixture: string;
  readonly make: (common: { readonly name: string }) => AnyLayer;
  /** For a layer that Keras does not have; `fixture` is then the row's name. */
  readonly byHand?: LayerByHand;
}

/** Rows of a family of layers, by class. */
export type LayerRows<Name extends string> = Readonly<Record<Name, readonly LayerCase[]>>;

/** The expected values of a row. Gradients of rows worked out by hand are central differences of the layer's output. */
export function fixtureOf({ fixture: id, make, byHand }: LayerCase): LayerFixture {
  if (byHand === undefined) {
    const known = FIXTURES[id];
    if (known === undefined) throw noFixture("layers", id);
    return known;
  }
  const inputs = byHand.inputs.map(flat);
  const output = flat(byHand.output);
  const layer = make({ name: id });
  const call = { className: layer.className, training: false, dtype: "float32", inputs } as const;
  applied(layer, { ...call } as unknown as LayerFixture);
  const weights = layer.weights.map(({ name, path, shape, size }) => {
    const given = byHand.weights?.[name];
    return { path, shape, data: given === undefined ? ramp(size) : flat(given).data };
  });
  layer.weights.forEach((weight, i) => {
    weight.write(weights[i]!.data);
  });
  const coefficients = factorsFor(output.data.length);
  const total = (given: readonly Described[]): number => {
    const graph = new LayerGraph({ layer, inputs: given });
    return graph.compute([graph.output])[0]!.reduce((sum, value, i) => sum + value * coefficients[i]!, 0);
  };
  return {
    ...call,
    config: layer.getConfig(),
    weights,
    outputShape: [null, ...output.shape.slice(1)],
    output,
    coefficients,
    inputGradients: inputs.map(({ shape, data }, i) =>
      slopes((x) => total(inputs.map((other, k) => (k === i ? { shape, data: x } : other))), data),
    ),
    weightGradients: Object.fromEntries(
      layer.trainableWeights.map((weight) => [weight.path, weightSlopes(weight, () => total(inputs))]),
    ),
    after: Object.fromEntries(layer.nonTrainableWeights.map(({ path, data }) => [path, Array.from(data, Number)])),
  };
}

const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => (i + 1) / 10);

/** Weights hold float32, so the step must be one they can represent, and the differences are only as exact as that. */
function weightSlopes(weight: AnyLayer["weights"][number], total: () => number): number[] {
  const before = Array.from(weight.data, Number);
  const step = 2 ** -7;
  const at = (i: number, by: number): number => {
    weight.write(before.map((value, k) => (k === i ? value + by : value)));
    return total();
  };
  const found = before.map((value, i) => {
    const [up, down] = [Math.fround(value + step), Math.fround(value - step)];
    // Of fourth order, since the step is large.
    const near = (at(i, step) - at(i, -step)) / (up - down);
    const far = (at(i, 2 * step) - at(i, -2 * step)) / (Math.fround(value + 2 * step) - Math.fround(value - 2 * step));
    return (4 * near - far) / 3;
  });
  weight.write(before);
  return found;
}
