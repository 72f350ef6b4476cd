import type { Engine } from "../../src/engine/index.js";
import {
  build as g,
  grad,
  type InputValue,
  interpret,
  print,
  reachable,
  shapeAt,
  type Value,
} from "../../src/graph/index.js";
import { type Choice, type Corners, Pool } from "./pool.js";

/** A program as numbers. */
export interface Recipe {
  readonly choices: readonly Choice[];
  readonly rows: number;
  readonly shards: number;
  readonly corners: Corners;
  readonly seed: number;
}

/** What a program computes, and its feeds. */
interface Program {
  readonly outputs: readonly Value[];
  readonly feeds: ReadonlyMap<InputValue, Float64Array>;
}

export function programOf({ choices, rows, corners, seed }: Recipe): Program {
  const pool = new Pool(corners);
  pool.leaf([-1, 3], "float32");
  pool.leaf([-1, 2, 4], "float32");
  for (const choice of choices) pool.grow(choice);
  const last = pool.values.at(-1)!;
  const wrt = [...pool.inputs.keys()].filter(({ dtype }) => dtype === "float32");
  const axes = last.shape.map((_, axis) => axis);
  const isDifferentiable = last.dtype === "float32";
  const gradients = isDifferentiable ? grad(g.sum(g.mul(last, g.cos(last)), axes), wrt) : [];
  const outputs = [...pool.values.slice(-3), ...gradients.slice(0, 3)];
  const feeds = new Map([...pool.inputs.keys()].map((input) => [input, pool.feed(input, rows, seed)]));
  return { outputs, feeds };
}

type Numbers = readonly ArrayLike<number>[];
const SEEDS = { seed: 3, iteration: 4 };
/** Engines may take smaller float32 numbers for 0. */
const LEAST_NORMAL = 2 ** -126;

/** The interpreter's results: exact, with every value rounded to float32, and with every value slightly perturbed. */
function meanings({ outputs, feeds }: Program, rows: number): Numbers[] {
  const plain = interpret(outputs, { feeds, rows, ...SEEDS }).map(({ data }) => data);
  /** `move` gets a number, its place, and which value of the program it belongs to. */
  const stepwise = (move: (x: number, i: number, of: number) => number, shift = 0): Numbers => {
    const known = new Map<Value, ArrayLike<number>>();
    for (const [of, value] of reachable(outputs).entries()) {
      const fed = feeds.get(value as InputValue);
      const data = fed ?? interpret([value], { feeds: known, rows, ...SEEDS })[0]!.data;
      // The logarithm of a probability near 1 is a difference of two larger numbers, as exact as these.
      const more = value.op === "logSoftmax" ? shift : 0;
      const moved = (): Float64Array => Float64Array.from(data, (x, i) => Math.fround(move(x + more, i, of)));
      known.set(value, value.dtype === "float32" ? moved() : data);
    }
    return outputs.map((output) => known.get(output)!);
  };
  // Each value by other numbers, so that what is moved twice is not moved back.
  const off =
    (sign: number) =>
    (x: number, i: number, of: number): number =>
      x * (1 + sign * 2e-6 * Math.sin(i * 3 + of * 5 + 1));
  const flushed = stepwise((x) => (Math.abs(x) < LEAST_NORMAL ? 0 : x));
  return [plain, stepwise((x) => x), flushed, stepwise(off(1), -1e-7), stepwise(off(-1))];
}

/**
 * What is wrong with an engine's numbers; null where nothing is. Unstable elements are ignored.
 * @param isSparse zeros beside the few elements of a \`put\` may stay 0 where they are multiplied by NaN or infinity,
 * and sums of them stay numbers
 */
function fault(actual: ArrayLike<number>, expected: readonly ArrayLike<number>[], isSparse: boolean): string | null {
  const [plain] = expected as readonly [ArrayLike<number>];
  let scale = 0;
  for (let i = 0; i < plain.length; i++) if (Number.isFinite(plain[i]!)) scale = Math.max(scale, Math.abs(plain[i]!));
  if (actual.length !== plain.length) return `${actual.length} elements instead of ${plain.length}`;
  for (let i = 0; i < plain.length; i++) {
    const known = expected.map((data) => data[i]!);
    const [x, a] = [Math.fround(known[0]!), Number(actual[i])];
    if (!Number.isFinite(x)) {
      if (isSparse) continue;
      if (known.every((y) => Object.is(Math.fround(y), x)) && !Object.is(a, x))
        return `element ${i} is ${a} instead of ${x}`;
      continue;
    }
    const spread = Math.max(...known) - Math.min(...known);
    // Sums in another order may overflow float32 on the way.
    if (Math.abs(x) > 1e36) continue;
    if (!(spread <= 1e-3 * Math.max(Math.abs(x), 1e-30))) continue;
    if (!(Math.abs(a - x) <= 30 * spread + 1e-5 * Math.abs(x) + 1e-6 * scale + LEAST_NORMAL))
      return `element ${i} is ${a} instead of ${x}`;
  }
  return null;
}

/** @throws {Error} that shows the program and the engine's wrong result */
export async function check(recipe: Recipe, engines: readonly (readonly [string, Engine])[]): Promise<void> {
  const program = programOf(recipe);
  const { rows } = recipe;
  const expected = meanings(program, rows);
  const isSparse = reachable(program.outputs).some(({ op }) => op === "put");
  const names = program.outputs.map((_, i) => `y${i}`);
  const results = Object.fromEntries(names.map((name, i) => [name, program.outputs[i]!]));
  const text = (): string => `${print(program.outputs)}\n${rows} rows, ${recipe.shards} shards`;
  for (const [name, engine] of engines) {
    for (const shards of new Set([1, recipe.shards])) {
      let actual: Record<string, { readonly data: ArrayLike<number | bigint>; readonly shape: readonly number[] }>;
      try {
        const compiled = await engine.compile({ name: "random", results, updates: new Map(), shards });
        actual = (await compiled.run({ rows, feeds: program.feeds, ...SEEDS })) as typeof actual;
        compiled.dispose();
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}\n${text()}`);
      }
      program.outputs.forEach((output, i) => {
        const { data, shape } = actual[names[i]!]!;
        const wrong =
          shape.join() === shapeAt(output.shape, rows).join()
            ? fault(
                data as ArrayLike<number>,
                expected.map((each) => each[i]!),
                isSparse,
              )
            : `shape ${shape.join()}`;
        if (wrong !== null)
          throw new Error(`${name}, ${shards} shards: output ${i}, ${output.op}: ${wrong}\n${text()}`);
      });
    }
  }
}
