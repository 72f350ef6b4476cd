import { EngineError } from "../../core/errors.js";
import { sayOnce } from "../../core/notice.js";
import type { Tensor } from "../../core/tensor.js";
import type { RowRange as ShardRows } from "../../graph/shards.js";
import type { Value } from "../../graph/value.js";
import type { Program, Run } from "../engine.js";
import type { KernelCall } from "../kernels/index.js";
import { numbers } from "../kernels/kernel.js";
import { fillRandom } from "../kernels/random.js";
import { treeSum } from "../kernels/tree-sum.js";
import { Places } from "../places.js";
import { checkRun, copyFeed, type Graph } from "../program-graph.js";
import type { Binding, Session } from "../session.js";
import { variableOf } from "../variable.js";
import { breathe } from "./breath.js";
import { type Call, type Phase, type Place, perform } from "./calls.js";
import { timed } from "./profile.js";
import type { Queue } from "./queue.js";
import type { Step } from "./steps.js";

/** Batch sizes whose bindings are kept. */
const MAX_SHAPES = 16;

/** A session of a program and its way back to the engine, which may share it. */
export interface HeldSession {
  readonly session: Session;
  release(): void;
}

/** Everything that is fixed once the number of rows is known. */
interface Shaped {
  readonly places: Places;
  readonly bindings: readonly Binding[];
  readonly phases: readonly Phase[];
}

/** Steps over sessions of one machine. */
export class OnnxProgram implements Program {
  readonly shards: number;
  readonly #graph: Graph;
  readonly #steps: readonly Step[];
  readonly #sessions: ReadonlyMap<Step, HeldSession>;
  readonly #shapes = new Map<number, Shaped>();
  readonly #queue: Queue;
  readonly #workers: () => number;
  #running = false;
  #disposed = false;

  constructor(
    graph: Graph,
    steps: readonly Step[],
    sessions: ReadonlyMap<Step, HeldSession>,
    queue: Queue,
    workers: () => number,
  ) {
    this.shards = graph.plan.shards;
    this.#graph = graph;
    this.#steps = steps;
    this.#sessions = sessions;
    this.#queue = queue;
    this.#workers = workers;
  }

  run(run: Run): Promise<Record<string, Tensor>> {
    return this.#queue.add(async () => {
      this.#running = true;
      try {
        return await this.#run(run);
      } finally {
        this.#running = false;
        if (this.#disposed) this.#release();
      }
    });
  }

  async #run(run: Run): Promise<Record<string, Tensor>> {
    if (this.#disposed) {
      throw new EngineError({ code: "disposed", what: `Program "${this.#graph.name}" was disposed and cannot run` });
    }
    checkRun(this.#graph, run);
    const { places, phases } = this.#shaped(run.rows);
    timed(`${this.#graph.name}: feeds`, () => {
      for (const leaf of this.#graph.feeds) copyFeed(numbers(places.whole(leaf)), run.feeds.get(leaf)!);
    });
    timed(`${this.#graph.name}: random numbers`, () => {
      for (const leaf of this.#graph.randoms) fillRandom(leaf.attrs, run, places.whole(leaf));
    });
    await perform(phases, places, this.#workers());
    const results: Record<string, Tensor> = {};
    for (const [name, value] of this.#graph.results) results[name] = places.read(value);
    this.#commit(places);
    await breathe();
    return results;
  }

  /** Nothing here can fail: new values lie ready, and places change hands. */
  #commit(places: Places): void {
    const { updates, targets } = this.#graph;
    for (const [variable, value] of updates) {
      if (targets.get(value) === variable.value) continue;
      numbers(variable.next).set(numbers(places.whole(value)));
    }
    for (const variable of updates.keys()) variable.commit();
  }

  #shaped(rows: number): Shaped {
    let shaped = this.#shapes.get(rows);
    if (shaped === undefined) {
      shaped = this.#bind(rows);
      if (this.#shapes.size >= MAX_SHAPES) this.#evict();
    } else this.#shapes.delete(rows);
    // A Map keeps the order of insertion: the first entry is the one not used for longest.
    this.#shapes.set(rows, shaped);
    return shaped;
  }

  #evict(): void {
    const [rows, shaped] = this.#shapes.entries().next().value!;
    sayOnce(
      `shapes:${this.#graph.name}`,
      `pawl: "${this.#graph.name}" has seen more than ${MAX_SHAPES} batch sizes; each further one costs set-up time. Pad or drop batches to keep their number low.`,
    );
    this.#shapes.delete(rows);
    release(shaped);
  }

  #bind(rows: number): Shaped {
    const { plan, targets } = this.#graph;
    const places = new Places(rows, plan.shards, ownPerShard(this.#steps), targets);
    const bindings: Binding[] = [];
    const at: At = (value, shard) => [
      variableOf(value) !== undefined || targets.has(value) ? value : null,
      places.slot(value, shard),
    ];
    const present = places.shards.flatMap(({ start, end }, shard) => (end > start ? [shard] : []));
    const callOf = (step: Exclude<Step, { kind: "allSum" }>, shard: number): Call => {
      if (step.kind === "kernel") return kernelCall(this.#graph.name, step.call, shard, at);
      const { emitted, outputs } = step;
      const names = emitted.inputs.map((_, i) => `x${i}`);
      const binding = this.#sessions
        .get(step)!
        .session.bind(emitted.usesRows ? [...names, "rows"] : names, emitted.outputs);
      bindings.push(binding);
      const inputs = emitted.inputs.map((value) => at(value, shard));
      return {
        name: `${this.#graph.name}: session ${this.#steps.indexOf(step)}`,
        inputs: emitted.usesRows ? [...inputs, [null, places.rowCount(shard)]] : inputs,
        outputs: outputs.map((value) => at(value, shard)),
        execute: (from, to) => binding.run(from, to),
        ...(binding.runAside ? { aside: (from, to) => binding.runAside!(from, to) } : {}),
      };
    };
    const phases: Call[][][] = [];
    let together: Call[][] | null = null;
    for (const step of this.#steps) {
      if (step.kind !== "allSum" && step.each) {
        if (together === null) phases.push((together = present.map(() => [])));
        for (const [i, shard] of present.entries()) together[i]!.push(callOf(step, shard));
      } else {
        together = null;
        if (step.kind !== "allSum") phases.push([[callOf(step, 0)]]);
        else phases.push([step.parts.map((part, i) => sumCall(part, step.sums[i]!, places.shards, at))]);
      }
    }
    return { places, bindings, phases };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#running) this.#release();
  }

  #release(): void {
    for (const shaped of this.#shapes.values()) release(shaped);
    this.#shapes.clear();
    for (const held of this.#sessions.values()) held.release();
  }
}

function release({ bindings, places }: Shaped): void {
  for (const binding of bindings) binding.dispose();
  places.dispose();
}

type At = (value: Value, shard: number) => Place;

function kernelCall(program: string, { name, kernel, inputs, outputs }: KernelCall, shard: number, at: At): Call {
  return {
    name: `${program}: ${name} of ${outputs[0]!.shape.join(" x ")}`,
    inputs: inputs.map((input) => at(input, shard)),
    outputs: outputs.map((output) => at(output, shard)),
    execute: kernel,
  };
}

/** Shards without rows keep their position in the tree and add nothing. */
function sumCall(part: Value, sum: Value, shards: readonly ShardRows[], at: At): Call {
  const isPresent = shards.map(({ start, end }) => end > start);
  return {
    name: `allSum of ${sum.shape.join(" x ")}`,
    inputs: shards.flatMap((_, shard) => (isPresent[shard] ? [at(part, shard)] : [])),
    outputs: [at(sum, 0)],
    execute: treeSum(isPresent),
  };
}

/** Values that each shard computes for itself; what is also computed once for all lies in one place. */
function ownPerShard(steps: readonly Step[]): Set<Value> {
  const outputs = (each: boolean): Value[] =>
    steps.flatMap((step) => (step.kind !== "allSum" && step.each === each ? step.outputs : []));
  const own = new Set(outputs(true));
  for (const value of outputs(false)) own.delete(value);
  return own;
}
