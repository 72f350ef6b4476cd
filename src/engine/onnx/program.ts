import { EngineError } from "../../core/errors.js";
import { sayOnce } from "../../core/notice.js";
import type { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { type Part, Score } from "../crew/score.js";
import type { Program, Run } from "../engine.js";
import { fusedKernel } from "../kernels/fused.js";
import { numbers } from "../kernels/kernel.js";
import { randomCall } from "../kernels/random.js";
import { treeSum } from "../kernels/tree-sum.js";
import { Places } from "../places.js";
import { checkRun, copyFeed, type Graph } from "../program-graph.js";
import { runs } from "../runs.js";
import type { Binding, Machine, Session } from "../session.js";
import { variableOf } from "../variable.js";
import { breathe } from "./breath.js";
import { type Bind, convKernelParts } from "./conv-kernel.js";
import { type InPlace, inPlace } from "./in-place.js";
import { sharedPlaces } from "./lifetimes.js";
import { callPart, kernelPart, type Place, sessionPart } from "./parts.js";
import { timed } from "./profile.js";
import { readsOf, type Step } from "./steps.js";

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
  readonly score: Score;
}

/** Steps over sessions of one machine. */
export class OnnxProgram implements Program {
  readonly shards: number;
  readonly #graph: Graph;
  readonly #steps: readonly Step[];
  readonly #inPlace: InPlace;
  readonly #shared: ReadonlyMap<Value, Value>;
  readonly #sessions: ReadonlyMap<Uint8Array, HeldSession>;
  readonly #shapes = new Map<number, Shaped>();
  readonly #machine: Machine;
  #running = false;
  /** The run that random numbers are for. */
  #present: Pick<Run, "seed" | "iteration"> = { seed: 0, iteration: 0 };
  #disposed = false;

  constructor(graph: Graph, steps: readonly Step[], sessions: ReadonlyMap<Uint8Array, HeldSession>, machine: Machine) {
    this.shards = graph.plan.shards;
    this.#graph = graph;
    this.#steps = steps;
    this.#inPlace = inPlace(steps, graph);
    this.#shared = sharedPlaces(steps, new Set(graph.plan.outputs));
    this.#sessions = sessions;
    this.#machine = machine;
  }

  run(run: Run): Promise<Record<string, Tensor>> {
    return runs.add(async () => {
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
    const { places, score } = this.#shaped(run.rows);
    timed(`${this.#graph.name}: feeds`, () => {
      for (const leaf of this.#graph.feeds) copyFeed(numbers(places.whole(leaf)), run.feeds.get(leaf)!);
    });
    this.#present = run;
    score.place();
    const { crew, workers } = this.#machine;
    if (crew === null) for (const part of score.parts) await part.run();
    else await crew.perform(score, workers());
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
    for (const variable of updates.keys()) if (!this.#inPlace.variables.has(variable.value)) variable.commit();
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
    this.#free(shaped);
  }

  #bind(rows: number): Shaped {
    const { plan, targets } = this.#graph;
    const places = new Places(
      rows,
      plan.shards,
      ownPerShard(this.#steps),
      targets,
      this.#inPlace.variables,
      this.#shared,
    );
    const bindings: Binding[] = [];
    const { name } = this.#graph;
    const at: At = (value, shard) => [
      variableOf(value) !== undefined || targets.has(value) ? value : null,
      places.slot(value, shard),
    ];
    const present = places.shards.flatMap(({ start, end }, shard) => (end > start ? [shard] : []));
    const bind: Bind = (model, inputs, outputs) => {
      const binding = this.#sessions.get(model)!.session.bind(inputs, outputs);
      bindings.push(binding);
      return binding;
    };
    const partsOf = (step: Exclude<Step, { kind: "allSum" }>, shard: number): Part[] => {
      if (step.kind === "convKernel") return convKernelParts(name, step.node, step.models, places, shard, bind);
      return [partOf(step, shard)];
    };
    const partOf = (step: Extract<Step, { kind: "session" | "kernel" }>, shard: number): Part => {
      const ends = (inputs: readonly Value[], outputs: readonly Value[]) => ({
        places,
        inputs: inputs.map((value) => at(value, shard)),
        outputs: outputs.map((value) => at(value, shard)),
      });
      if (step.kind === "kernel") {
        const { inputs, outputs } = step.call;
        const label = `${name}: ${step.call.name} of ${outputs[0]!.shape.join(" x ")}`;
        if (step.sums === undefined) return kernelPart({ name: label, ...ends(inputs, outputs) }, step.call.kernel!);
        const { sums } = step;
        const all = inputs.flatMap((value): Place[] =>
          sums.has(value) ? present.map((part) => at(sums.get(value)!, part)) : [at(value, shard)],
        );
        const isPresent = places.shards.map(({ start, end }) => end > start);
        const kernel = fusedKernel(step.call.cluster!, { values: new Set(sums.keys()), isPresent });
        return kernelPart({ name: label, ...ends([], outputs), inputs: all }, kernel);
      }
      const { emitted, outputs } = step;
      const names = emitted.inputs.map((_, i) => `x${i}`);
      const binding = bind(emitted.model, emitted.usesRows ? [...names, "rows"] : names, emitted.outputs);
      const { inputs, ...rest } = ends(emitted.inputs, outputs);
      const withRows = emitted.usesRows ? [...inputs, [null, places.rowCount(shard)] as const] : inputs;
      const label = `${name}: session ${this.#steps.indexOf(step)}`;
      return sessionPart({ name: label, inputs: withRows, ...rest }, binding);
    };
    const phases: Part[][][] = [];
    const randoms = this.#graph.randoms.flatMap((leaf): Part[][] => {
      const make = () => randomCall(leaf.attrs, this.#present, places.whole(leaf));
      return make() === null ? [] : [[callPart(`${name}: random numbers`, () => make()!)]];
    });
    if (randoms.length > 0) phases.push(randoms);
    let open = null as Open | null;
    for (const [index, step] of this.#steps.entries()) {
      // What overwrites variables comes after all that may fail, and all else that reads them.
      if (index === this.#inPlace.from) open = null;
      if (step.kind === "allSum") {
        phases.push(step.parts.map((part, i) => [sumPart(part, step.sums[i]!, places, at)]));
        open = null;
        continue;
      }
      const kind = step.each ? "each" : "once";
      // What shards do one after the other is one chain each; what is done once waits for what it reads alone.
      if (open?.kind !== kind || (kind === "once" && readsOf(step).some((value) => open!.written.has(value)))) {
        open = { kind, written: new Set(), chains: kind === "each" ? present.map(() => []) : [] };
        phases.push(open.chains);
      }
      for (const value of step.outputs) open.written.add(value);
      if (step.each) for (const [i, shard] of present.entries()) open.chains[i]!.push(...partsOf(step, shard));
      else open.chains.push(partsOf(step, 0));
    }
    return { places, bindings, score: new Score(phases) };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#running) this.#release();
  }

  #free({ bindings, places, score }: Shaped): void {
    this.#machine.crew?.forget(score);
    for (const binding of bindings) binding.dispose();
    places.dispose();
  }

  #release(): void {
    for (const shaped of this.#shapes.values()) this.#free(shaped);
    this.#shapes.clear();
    for (const held of this.#sessions.values()) held.release();
  }
}

/** The phase that steps are still added to. */
interface Open {
  readonly kind: "each" | "once";
  readonly written: Set<Value>;
  readonly chains: Part[][];
}

type At = (value: Value, shard: number) => Place;

/** Shards without rows keep their position in the tree and add nothing. */
function sumPart(part: Value, sum: Value, places: Places, at: At): Part {
  const isPresent = places.shards.map(({ start, end }) => end > start);
  const inputs = places.shards.flatMap((_, shard) => (isPresent[shard] ? [at(part, shard)] : []));
  const name = `allSum of ${sum.shape.join(" x ")}`;
  return kernelPart({ name, places, inputs, outputs: [at(sum, 0)] }, treeSum(isPresent));
}

/** Values that each shard computes for itself; what is also computed once for all lies in one place. */
function ownPerShard(steps: readonly Step[]): Set<Value> {
  const outputs = (each: boolean): Value[] =>
    steps.flatMap((step) => (step.kind !== "allSum" && step.each === each ? step.outputs : []));
  const own = new Set(outputs(true));
  for (const value of outputs(false)) own.delete(value);
  return own;
}
