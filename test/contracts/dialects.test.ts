import { describe, expect, it } from "vitest";
import * as activations from "../../src/activations/index.js";
import * as constraints from "../../src/constraints/index.js";
import type { Config } from "../../src/core/parts.js";
import { PRESENT } from "../../src/core/reading.js";
import type { Json } from "../../src/core/stateful.js";
import { type InputValue, plan } from "../../src/graph/index.js";
import { interpret, interpretPlan } from "../../src/graph/interpreter/index.js";
import * as initializers from "../../src/initializers/index.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import { lossValue } from "../../src/losses/reduce.js";
import * as metrics from "../../src/metrics/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as regularizers from "../../src/regularizers/index.js";
import * as schedules from "../../src/schedules/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";
import type { Described } from "./layer-fixture.js";
import { LayerGraph } from "./layer-runner.js";
import { asFloat32 } from "./widened.js";

/** An object of Keras 2 as its `.h5` and its `.keras` files store it. */
interface Written {
  readonly legacy: Config;
  readonly keras: Config;
}

interface LayerCase {
  readonly legacy: Config;
  /** Only for one case of each class, since the others have the same form. */
  readonly keras?: Config;
  readonly inputs: readonly Described[];
  readonly dtype: "float32" | "int32";
  readonly weights?: readonly Described[];
  readonly outputs?: readonly Described[];
  /** Why TensorFlow cannot compute it. */
  readonly error?: string;
  /** What Pawl says it does not have. */
  readonly refused?: string;
}

interface Fixture {
  readonly layers: Readonly<Record<string, LayerCase>>;
  readonly activations: { readonly x: Described; readonly values: Readonly<Record<string, Described>> };
  readonly parts: {
    readonly weight: Described;
    readonly cases: readonly (Written & {
      readonly family: string;
      readonly kwargs: Config;
      readonly value?: Described;
    })[];
  };
  readonly schedules: readonly (Written & { readonly values: readonly number[] })[];
  readonly losses: Compared<number>;
  readonly metrics: Compared<readonly number[]>;
  readonly optimizers: readonly (Written & {
    readonly name: string;
    readonly argument: string | null;
    readonly value: Json;
  })[];
}

interface Compared<T> {
  readonly true: Described;
  readonly indices: Described;
  readonly guess: Described;
  readonly cases: readonly (Written & {
    readonly name: string;
    readonly argument: string | null;
    readonly sparse: boolean;
    readonly value: T;
  })[];
}

const fixture = kerasFixture<Fixture>("dialects");
const reading: layers.LayerReading = { ...PRESENT, age: 2, resolve: layers.resolveLayer };
const FORMS = ["legacy", "keras"] as const;

/** What Keras 2 supports and Pawl does not: each is an error with its reason. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "BatchNormalization.renorm": /renorm/,
  "LSTM.time_major": /steps first/,
  "MultiHeadAttention.softmax_robust_masking": /robust masking/,
};

describe("every argument of a layer of Keras 2", () => {
  it.each(Object.entries(fixture.layers))("%s means the same in Pawl", (id, row) => {
    const make = (json = row.legacy): layers.AnyLayer => layers.deserialize(json, reading);
    const refused = REFUSED[id];
    if (refused !== undefined) {
      expect(make).toThrow(refused);
      return;
    }
    const layer = make();
    expect(kept(layer.getConfig(), row.legacy["config"] as Config)).toEqual([]);
    if (row.keras !== undefined) expect(make(row.keras).getConfig()).toEqual(layer.getConfig());
    if (row.outputs === undefined) return;
    const entries = row.inputs.map(
      ({ shape }) => new layers.InputLayer({ batchShape: shape, dtype: row.dtype }).tensor,
    );
    layer.apply(entries.length === 1 ? entries[0]! : entries);
    expect(layer.weights.map(({ shape }) => shape)).toEqual(row.weights!.map(({ shape }) => shape));
    layer.weights.forEach((weight, i) => {
      weight.write(Float32Array.from(row.weights![i]!.data));
    });
    // Other suites test the states of stateful layers.
    if (id === "LSTM.stateful") return;
    const graph = new LayerGraph({ layer, inputs: row.inputs, dtype: row.dtype });
    const outputs = graph.compute(graph.outputs);
    row.outputs.forEach((output, i) => {
      expect(firstDifference(outputs[i]!, output.data)).toBe(null);
    });
  });
});

/** Keys in both configs with different values; parts are compared by class and config. */
function kept(ours: Json, theirs: Json, path = ""): string[] {
  if (typeof theirs === "string" && isObject(ours)) return sameName(ours, theirs) ? [] : [`${path}: ${theirs}`];
  if (isObject(ours) && isObject(theirs)) {
    return Object.entries(ours).flatMap(([key, value]) => {
      const other = theirs[key];
      if (other === undefined || key === "dtype" || key === "module" || key === "registered_name") return [];
      return kept(value, other, `${path}.${key}`);
    });
  }
  return JSON.stringify(asFloat32(list(ours))) === JSON.stringify(asFloat32(list(theirs)))
    ? []
    : [`${path}: ${JSON.stringify(ours)} for ${JSON.stringify(theirs)}`];
}

const isObject = (json: Json): json is Config => typeof json === "object" && json !== null && !Array.isArray(json);
/** A list of one entry counts as that entry, as Keras writes an axis. */
const list = (json: Json): Json => (Array.isArray(json) && json.length === 1 ? (json[0] as Json) : json);
/** Only the old hard_sigmoid is `{ class_name: "Sequential" }`. */
const sameName = (ours: Config, theirs: string): boolean =>
  theirs === "hard_sigmoid" && ours["class_name"] === "Sequential";

describe("activations of Keras 2", () => {
  const { x, values } = fixture.activations;
  it.each(Object.entries(values))("%s computes the same in Pawl", (name, expected) => {
    const leaf = ops.input("x", [-1, ...x.shape.slice(1)]);
    const activation = activations.deserialize(name, "activation", reading);
    const [ours] = interpret([activation(leaf)], { feeds: new Map([[leaf, x.data]]), rows: x.shape[0]! });
    expect(firstDifference(ours!.data, expected.data)).toBe(null);
    // It is also saved as that function.
    expect(activations.deserialize(activations.serialize(activation))).toBe(activation);
  });
});

describe("initializers, regularizers and constraints of Keras 2", () => {
  const { weight, cases } = fixture.parts;
  it.each(cases.map((row) => [`${row.family} ${JSON.stringify(row.legacy)}`, row] as const))("%s", (_title, row) => {
    for (const form of FORMS) {
      const leaf = ops.input("weight", weight.shape);
      const feeds = new Map([[leaf, weight.data]]);
      if (row.family === "initializers") {
        const { config } = initializers.serialize(initializers.deserialize(row[form], "x", reading));
        expect(kept(config, row.legacy["config"] as Config)).toEqual([]);
        continue;
      }
      const made =
        row.family === "regularizers"
          ? regularizers.deserialize(row[form], "x", reading)
          : constraints.deserialize(row[form], "x", reading);
      expect(firstDifference(interpret([made.apply(leaf)], { feeds })[0]!.data, row.value!.data)).toBe(null);
    }
  });
});

it.each(fixture.schedules.map((row) => [String(row.legacy["class_name"]), row] as const))(
  "the schedule %s of Keras 2 gives the same rates",
  (_name, row) => {
    for (const form of FORMS) {
      const schedule = schedules.deserialize(row[form], "x", reading);
      expect(
        firstDifference(
          row.values.map((_, step) => schedule.at(step)),
          row.values,
        ),
      ).toBe(null);
    }
  },
);

function leaves(
  { true: target, indices, guess }: Compared<unknown>,
  sparse: boolean,
): [InputValue, InputValue, Map<InputValue, readonly number[]>] {
  const labels = sparse ? indices : target;
  const yTrue = ops.input("yTrue", [-1, ...labels.shape.slice(1)], sparse ? "int32" : "float32");
  const yPred = ops.input("yPred", [-1, ...guess.shape.slice(1)]);
  return [
    yTrue,
    yPred,
    new Map([
      [yTrue, labels.data],
      [yPred, guess.data],
    ]),
  ];
}

describe("every argument of a loss of Keras 2", () => {
  const { cases, guess } = fixture.losses;
  it.each(cases.map((row) => [`${row.name} ${row.argument ?? ""}`, row] as const))("%s", (_title, row) => {
    for (const form of FORMS) {
      const loss = losses.deserialize(row[form], "x", reading);
      const [yTrue, yPred, feeds] = leaves(fixture.losses, row.sparse);
      const rows = ops.input("rows", []);
      const total = plan([ops.allSum(lossValue(loss, yTrue, yPred, null, rows))], 1);
      const [ours] = interpretPlan(total, {
        feeds: new Map<InputValue, readonly number[] | number>([...feeds, [rows, guess.shape[0]!]]),
        rows: guess.shape[0]!,
      });
      expect(firstDifference(ours!.data, [row.value])).toBe(null);
      if (row.argument === "name") expect(loss.name).toBe("mine");
    }
  });
});

describe("every argument of a metric of Keras 2", () => {
  const { cases, guess } = fixture.metrics;
  it.each(cases.map((row) => [`${row.name} ${row.argument ?? ""}`, row] as const))("%s", async (_title, row) => {
    for (const form of FORMS) {
      if (!Object.hasOwn(metrics, row.name)) {
        expect(() => metrics.deserialize(row[form], "x", reading)).toThrow("Pawl does not have it yet");
        continue;
      }
      const metric = metrics.deserialize(row[form], "x", reading);
      const [yTrue, yPred, feeds] = leaves(fixture.metrics, row.sparse);
      const rows = ops.input("rows", []);
      metric.build([-1, ...guess.shape.slice(1)]);
      const updates = [...metric.update(yTrue, yPred, null, { rows })];
      const state = new Map(
        metric.variables.map((variable) => [variable.value as InputValue, [...variable.data] as number[]]),
      );
      const program = plan(
        updates.map(([, value]) => value),
        1,
      );
      const values = interpretPlan(program, {
        feeds: new Map<InputValue, readonly number[] | number>([...feeds, ...state, [rows, guess.shape[0]!]]),
        rows: guess.shape[0]!,
      });
      updates.forEach(([variable], i) => {
        variable.write(Float32Array.from(values[i]!.data));
      });
      // Keras 3 divides by all rows, Keras 2 by those with weight; Pawl's metrics follow Keras 3.
      if (row.argument !== "ignore_class") expect(firstDifference([metric.result()].flat(), row.value)).toBe(null);
      if (row.argument === "name") expect(metric.name).toBe("mine");
    }
  });
});

describe("every argument of an optimizer of Keras 2", () => {
  it.each(
    fixture.optimizers.map((row) => [`${row.name} ${row.argument ?? ""} ${JSON.stringify(row.legacy)}`, row] as const),
  )("%s", (_title, row) => {
    for (const form of FORMS) {
      const { config } = optimizers.serialize(optimizers.deserialize(row[form], "x", reading));
      const { learning_rate: rate, decay, ...others } = row.legacy["config"] as Config;
      const isSchedule = row.argument === "decay" && row.name !== "Nadam";
      const wanted = isSchedule ? { config: { initial_learning_rate: rate!, decay_rate: decay! } } : rate!;
      expect(kept(config, { ...others, learning_rate: wanted })).toEqual([]);
    }
  });
});
