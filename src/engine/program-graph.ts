import { EngineError, ShapeError } from "../core/errors.js";
import { formatShape, sizeOf } from "../core/shape.js";
import { describe } from "../graph/fit.js";
import { type LeastRows, leastRows } from "../graph/least-rows.js";
import { optimize } from "../graph/passes/index.js";
import { type Plan, placeOf, plan as planStages } from "../graph/plan.js";
import { type InputValue, shapeAt, type Value } from "../graph/value.js";
import { reachable } from "../graph/walk.js";
import type { ProgramSpec, Run } from "./engine.js";
import { type Variable, variableOf } from "./variable.js";

/** A program's graph, ready for execution. */
export interface Graph {
  readonly name: string;
  readonly plan: Plan;
  readonly results: ReadonlyMap<string, Value>;
  readonly updates: ReadonlyMap<Variable, Value>;
  readonly feeds: readonly InputValue[];
  readonly variables: readonly InputValue[];
  readonly randoms: readonly Value<"random">[];
  /** Values used only as the new value of one variable (given by its leaf), so they can be computed in its place. */
  readonly targets: ReadonlyMap<Value, Value>;
  /** Not null where a batch of one row is too small. */
  readonly leastRows: LeastRows | null;
}

/**
 * Optimizes, plans and sorts what a program computes.
 * @param lower what an engine does to the optimized outputs
 * @throws {ShapeError} when an update does not fit its variable
 */
export function prepare(
  spec: ProgramSpec,
  lower: (outputs: readonly Value[]) => readonly Value[] = (outputs) => outputs,
): Graph {
  for (const [variable, value] of spec.updates) checkUpdate(spec.name, variable, value);
  const wanted = [...Object.values(spec.results), ...spec.updates.values()];
  const plan = planStages(lower(optimize(wanted)), spec.shards);
  const outputOf = (index: number): Value => plan.outputs[index]!;
  const names = Object.keys(spec.results);
  const results = new Map(names.map((name, i) => [name, outputOf(i)]));
  const updates = new Map([...spec.updates.keys()].map((variable, i) => [variable, outputOf(names.length + i)]));

  const leaves = new Set<Value>();
  const readLater = new Set<Value>(results.values());
  const computed = new Set<Value>();
  for (const stage of plan.stages) {
    const inputs = stage.kind === "allSum" ? stage.parts : stage.inputs;
    for (const value of inputs) readLater.add(placeOf(value));
    const outputs = stage.kind === "allSum" ? stage.sums : stage.outputs;
    for (const value of outputs) computed.add(value);
    for (const value of inputs.map(placeOf)) if (value.inputs.length === 0) leaves.add(value);
  }
  for (const value of plan.outputs) if (value.inputs.length === 0) leaves.add(value);

  const targets = new Map<Value, Value>();
  const users = new Map<Value, number>();
  for (const value of updates.values()) users.set(value, (users.get(value) ?? 0) + 1);
  for (const [variable, value] of updates) {
    const isOnlyThis = users.get(value) === 1 && !readLater.has(value);
    if (isOnlyThis && computed.has(value) && value.inputs.length > 0) targets.set(value, variable.leaf);
  }
  const inputs = [...leaves].filter((value) => value.op === "input") as InputValue[];
  const feeds = inputs.filter((leaf) => variableOf(leaf) === undefined);
  const variables = inputs.filter((leaf) => variableOf(leaf) !== undefined);
  const randoms = [...leaves].filter((value) => value.op === "random") as Value<"random">[];
  return {
    name: spec.name,
    plan,
    results,
    updates,
    feeds,
    variables,
    randoms,
    targets,
    leastRows: leastRows(reachable(plan.outputs)),
  };
}

/**
 * Checks what a run is given.
 * @throws {EngineError} for a feed that is missing or has the wrong number of elements
 */
export function checkRun(graph: Graph, run: Run): void {
  checkRows(graph, run);
  for (const leaf of graph.feeds) checkFeed(graph, run, leaf, sizeOf(shapeAt(leaf.shape, run.rows)));
}

/** @throws {EngineError} for a batch that is too small */
export function checkRows(graph: Graph, run: Run): void {
  const least = graph.leastRows;
  if (!Number.isInteger(run.rows) || run.rows < (least?.rows ?? 1)) {
    const where = `Program "${graph.name}"`;
    const why = least === null ? "" : `: ${least.value.op} takes ${describe(least.value)} from the batch`;
    throw new EngineError({
      code: "rows",
      what: `${where} needs a batch of at least ${least === null ? "one row" : `${least.rows} rows`}${why}`,
      received: `${run.rows}`,
      ...(least === null ? {} : { fix: "Leave out smaller batches, also the last one if it is, or take fewer rows" }),
    });
  }
}

/**
 * @param size how many elements the leaf has in this run
 * @throws {EngineError} for a feed that is missing or has another number of elements
 */
export function checkFeed(graph: Graph, run: Run, leaf: InputValue, size: number): void {
  const feed = run.feeds.get(leaf);
  if (feed !== undefined && (typeof feed === "number" ? size === 1 : feed.length === size)) return;
  throw new EngineError({
    code: "feed",
    what: `Program "${graph.name}" cannot run with this input "${leaf.attrs.name}"`,
    received: feed === undefined ? "nothing" : typeof feed === "number" ? "one number" : `${feed.length} elements`,
    expected: `${size} elements of shape ${formatShape(shapeAt(leaf.shape, run.rows))}`,
    data: { input: leaf.attrs.name },
  });
}

/** Copies a feed to where the machine reads it. */
export function copyFeed(target: Float32Array | Int32Array | Uint8Array, feed: ArrayLike<number> | number): void {
  if (typeof feed === "number") target[0] = target instanceof Uint8Array ? +(feed !== 0) : feed;
  else if (target instanceof Uint8Array)
    for (let i = 0; i < feed.length; i++) target[i] = feed[i] === 0 ? 0 : +Boolean(feed[i]);
  else target.set(feed);
}

function checkUpdate(name: string, variable: Variable, value: Value): void {
  const fits = value.dtype === variable.dtype && formatShape(value.shape) === formatShape(variable.shape);
  if (fits) return;
  throw new ShapeError({
    code: "update",
    what: `Program "${name}" cannot set variable "${variable.path}"`,
    received: `${value.dtype} ${formatShape(value.shape)}`,
    expected: `${variable.dtype} ${formatShape(variable.shape)}`,
  });
}
