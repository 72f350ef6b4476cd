import { readFileSync } from "node:fs";
import type { SerializedPart } from "../../src/core/parts.js";
import { type Engine, type Program, Variable } from "../../src/engine/index.js";
import * as ops from "../../src/ops/index.js";
import type { NamedTensor, Optimizer } from "../../src/optimizers/index.js";

interface Param {
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface OptimizerRun {
  readonly config: SerializedPart;
  /** Of the optimizer's variables; absent in a row worked out by hand. */
  readonly names?: readonly string[];
  /** Those of a row worked out by hand; otherwise the fixture's. */
  readonly params?: readonly Param[];
  readonly gradients?: readonly (readonly number[][])[];
  readonly steps: readonly { readonly params: readonly number[][]; readonly variables: readonly number[][] }[];
  readonly finalized: readonly number[][] | null;
}

interface Fixture {
  readonly params: readonly Param[];
  readonly gradients: readonly (readonly number[][])[];
  readonly cases: Readonly<Record<string, readonly OptimizerRun[]>>;
  readonly constrained: OptimizerRun;
  readonly excluded: OptimizerRun;
  readonly scaled: OptimizerRun;
}

export const fixture: Fixture = JSON.parse(
  readFileSync(new URL("../fixtures/keras/optimizers.json", import.meta.url), "utf8"),
);

/** An optimizer on the two weights of the fixture, with gradients that are fed. */
export interface Rig {
  readonly optimizer: Optimizer;
  readonly params: readonly Variable[];
  step(gradients: readonly (readonly number[])[]): Promise<void>;
  /** All variables of the optimizer, as in a file. */
  saved(): NamedTensor[];
}

type Constraint = NonNullable<ConstructorParameters<typeof Variable>[0]["constraint"]>;

export async function makeRig(
  optimizer: Optimizer,
  engine: Engine,
  constraint?: Constraint,
  given: readonly Param[] = fixture.params,
): Promise<Rig> {
  const params = given.map(
    ({ path, shape, data }) =>
      new Variable({
        name: path.split("/").at(-1)!,
        path,
        shape,
        initial: data,
        ...(constraint !== undefined && shape.length === 2 ? { constraint } : {}),
      }),
  );
  optimizer.build(params);
  const gradients = params.map((param) => ops.input(`${param.name}_gradient`, param.shape));
  const learningRate = ops.input("learning_rate", []);
  const iteration = ops.input("iteration", [], "int32");
  const program: Program = await engine.compile({
    name: "update",
    results: {},
    updates: optimizer.apply(gradients, { learningRate, iteration }),
    shards: 1,
  });
  return {
    optimizer,
    params,
    async step(values) {
      const feeds = new Map<ReturnType<typeof ops.input>, ArrayLike<number> | number>([
        [learningRate, optimizer.learningRate.at(optimizer.iteration)],
        [iteration, optimizer.iteration],
      ]);
      gradients.forEach((gradient, i) => {
        feeds.set(gradient, values[i]!);
      });
      await program.run({ rows: 1, feeds, seed: 0, iteration: optimizer.iteration });
      optimizer.countStep();
    },
    saved: () => optimizer.variables.map((entry) => ({ name: entry.name, tensor: entry.read() })),
  };
}

/** Gradients of any number of steps, the same for every optimizer. */
export function gradientsAt(step: number): number[][] {
  const given = fixture.gradients[step % fixture.gradients.length]!;
  const scale = 1 - (step % 5) / 10;
  return given.map((gradient) => gradient.map((value) => Math.fround(value * scale)));
}
