import { Tensor } from "../core/tensor.js";
import { type Engine, type Program, type Run, variableOf } from "../engine/index.js";
import { type Structure, structureOf } from "../graph/structure.js";
import { Substitution } from "../graph/substitute.js";
import type { InputValue, Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Constants of at most this many elements are part of a program until they are seen to change. */
const SMALL = 16;
/** Programs that are kept. */
const MOST = 64;
/** Milliseconds after which a program that nobody uses is dropped, with its hold on the weights that it reads. */
const IDLE = 30_000;

interface Entry {
  readonly engine: Engine;
  readonly program: Promise<Program>;
  /** For each constant: the leaf that it is fed to, or the elements that the program has for it. */
  readonly constants: readonly (InputValue | readonly number[])[];
  used: number;
}

type Elements = Float32Array | Int32Array | Uint8Array;

const entries = new Map<string, Entry>();
/** Whether idle programs are looked for. */
let watched = false;

/**
 * Runs the compiled program of some values. Values that differ in the elements of constants alone share one: those are
 * fed to it, the small ones once they have changed, since a program that knows a constant may be a better one.
 */
export async function runValues(
  values: readonly Value[],
  engine: Promise<Engine>,
  random: Pick<Run, "seed" | "iteration">,
): Promise<Tensor[]> {
  const structure = structureOf(values, (leaf) => `variable ${leaf.id}`);
  // Copied now: the caller may change its data before the program's turn comes.
  const given = structure.constants.map(({ attrs }) => (attrs.tensor.data as Elements).slice());
  const machine = await engine;
  for (;;) {
    const entry = entryFor({ structure, given, values }, machine);
    const program = await entry.program;
    // Dropped while it was waited for.
    if (program.isDisposed) continue;
    const feeds = new Map<InputValue, ArrayLike<number>>();
    entry.constants.forEach((constant, i) => {
      if (!isList(constant)) feeds.set(constant, given[i]!);
    });
    const results = await program.run({ rows: 1, feeds, ...random });
    return values.map((_, i) => results[String(i)]!);
  }
}

interface Given {
  readonly structure: Structure;
  /** Elements of the constants. */
  readonly given: readonly Elements[];
  readonly values: readonly Value[];
}

function entryFor({ structure, given, values }: Given, engine: Engine): Entry {
  const { key } = structure;
  const known = entries.get(key);
  const usable = known !== undefined && known.engine === engine ? known : null;
  const varies = given.map((elements, i) => {
    if (elements.length > SMALL) return true;
    const constant = usable?.constants[i];
    if (constant === undefined) return false;
    return !isList(constant) || constant.some((element, at) => !Object.is(element, elements[at]));
  });
  const fits = usable?.constants.every((constant, i) => isList(constant) !== varies[i]) ?? false;
  entries.delete(key);
  if (known !== undefined && !fits) release(known);
  const entry = usable !== null && fits ? usable : compile({ structure, given, values }, varies, engine);
  entry.used = Date.now();
  entries.set(key, entry);
  entry.program.catch(() => entries.get(key) === entry && entries.delete(key));
  if (entries.size > MOST) drop(entries.keys().next().value!);
  if (!watched) dropIdle();
  return entry;
}

function compile({ structure, given, values }: Given, varies: readonly boolean[], engine: Engine): Entry {
  const replaced = new Map<Value, Value>();
  const constants = structure.constants.map((constant, i) => {
    if (varies[i] !== true) {
      replaced.set(constant, ops.constant(new Tensor(given[i]!, constant.attrs.tensor.shape, constant.dtype)));
      return Array.from(given[i]!);
    }
    const leaf = ops.input(`constant ${i}`, constant.shape, constant.dtype);
    replaced.set(constant, leaf);
    return leaf;
  });
  const lifted = new Substitution((value) => replaced.get(value) ?? null);
  const results = Object.fromEntries(values.map((value, i) => [String(i), lifted.of(value)]));
  const program = engine.compile({ name: "compute", results, updates: new Map(), shards: 1 });
  return { engine, program, constants, used: 0 };
}

function isList(constant: InputValue | readonly number[]): constant is readonly number[] {
  return Array.isArray(constant);
}

/** Programs over variables keep these alive, so they go when nobody has used them for a while. */
function dropIdle(): void {
  watched = true;
  const later: unknown = setTimeout(() => {
    const now = Date.now();
    for (const [key, { used }] of entries) if (now - used > IDLE) drop(key);
    if (entries.size > 0) dropIdle();
    else watched = false;
  }, IDLE);
  // Node's timers keep the process alive unless they are told not to.
  (later as { unref?(): void }).unref?.();
}

function drop(key: string): void {
  release(entries.get(key)!);
  entries.delete(key);
}

function release({ program }: Entry): void {
  program.then(
    (made) => made.dispose(),
    () => undefined,
  );
}

/** Whether the leaf is known without being fed. */
export function isBound(leaf: InputValue): boolean {
  return variableOf(leaf) !== undefined;
}
