import { EngineError } from "../../core/errors.js";
import { sayOnce } from "../../core/notice.js";
import { sizeOf } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { InputValue, Value } from "../../graph/value.js";
import { Score } from "../crew/score.js";
import type { Program, Run } from "../engine.js";
import { numbers } from "../kernels/kernel.js";
import { Places } from "../places.js";
import { Pool } from "../pool.js";
import { clock } from "../profile/notes.js";
import { recorder } from "../profile/recorder.js";
import { checkFeed, checkRows, copyFeed, type Graph } from "../program-graph.js";
import { runs } from "../runs.js";
import type { Binding, Machine, Session, Slot } from "../session.js";
import type { Variable } from "../variable.js";
import { breathe } from "./breath.js";
import type { Bind } from "./conv-kernel.js";
import { type InPlace, inPlace } from "./in-place.js";
import { sharedPlaces } from "./lifetimes.js";
import { phasesOf, randomParts } from "./phases.js";
import type { Step } from "./step.js";

/** For how many batch sizes bindings are kept. */
const MAX_SHAPES = 16;

/** A session of a program, and how to return it to the engine, which may share it. */
export interface HeldSession {
  readonly session: Session;
  release(): void;
}

/** Everything that is fixed once the number of rows is known. */
interface Shaped {
  readonly rows: number;
  readonly feeds: readonly { readonly leaf: InputValue; readonly slot: Slot; readonly size: number }[];
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
  readonly #pool = new Pool();
  #last: Shaped | null = null;
  readonly #updated: readonly Variable[];
  /** New values that are not computed in the place of their variable. */
  readonly #copied: readonly (readonly [Variable, Value])[];
  /** Those of them that are written beside their present value in any run. */
  readonly #neverOverwritten: readonly Variable[];
  readonly #machine: Machine;
  /** Number of runs in progress or waiting. */
  #runs = 0;
  /** Seed and iteration of the current run, for random numbers. */
  #present: Pick<Run, "seed" | "iteration"> = { seed: 0, iteration: 0 };
  #disposed = false;

  constructor(graph: Graph, steps: readonly Step[], sessions: ReadonlyMap<Uint8Array, HeldSession>, machine: Machine) {
    this.shards = graph.plan.shards;
    this.#graph = graph;
    this.#steps = steps;
    this.#inPlace = inPlace(steps, graph);
    this.#updated = [...graph.updates.keys()];
    this.#copied = [...graph.updates].filter(([variable, value]) => graph.targets.get(value) !== variable.leaf);
    this.#neverOverwritten = this.#updated.filter(({ leaf }) => !this.#inPlace.variables.has(leaf));
    this.#shared = sharedPlaces(steps, new Set(graph.plan.outputs));
    this.#sessions = sessions;
    this.#machine = machine;
  }

  run(run: Run): Promise<Record<string, Tensor>> {
    if (this.#disposed) {
      const what = `Program "${this.#graph.name}" was disposed and cannot run`;
      return Promise.reject(new EngineError({ code: "disposed", what }));
    }
    this.#runs++;
    return runs.add(async () => {
      try {
        return await this.#run(run);
      } finally {
        this.#runs--;
        if (this.#disposed && this.#runs === 0) this.#release();
      }
    });
  }

  async #run(run: Run): Promise<Record<string, Tensor>> {
    checkRows(this.#graph, run);
    const shaped = this.#shaped(run.rows);
    const { places, score } = shaped;
    for (const { leaf, size } of shaped.feeds) checkFeed(this.#graph, run, leaf, size);
    for (const { leaf, slot } of shaped.feeds) copyFeed(numbers(slot), run.feeds.get(leaf)!);
    // Not the run itself: its callbacks reach the model, which must not be kept alive from here.
    this.#present = { seed: run.seed, iteration: run.iteration };
    const { place = now, commit = now } = run;
    let beside: readonly Variable[] = [];
    place(() => {
      beside = this.#movedBeside();
      score.place();
    });
    const { crew, workers } = this.#machine;
    if (crew === null) {
      recorder?.begin(score);
      for (const [i, part] of score.parts.entries()) {
        const begin = recorder === null ? 0 : clock();
        await part.run();
        recorder?.note(i, begin);
      }
      recorder?.end();
      run.meanwhile?.();
    } else await crew.perform(score, workers(), run.meanwhile);
    const results: Record<string, Tensor> = {};
    commit(() => {
      for (const [name, value] of this.#graph.results) results[name] = places.read(value);
      // Cannot fail: the new values are ready, and places are only exchanged.
      for (const [variable, value] of this.#copied) numbers(variable.next).set(numbers(places.whole(value)));
      for (const variable of beside) variable.commit();
    });
    const breath = breathe();
    if (breath !== null) await breath;
    return results;
  }

  /** The variables that may not be overwritten in this run: their new values are written beside the old ones. */
  #movedBeside(): readonly Variable[] {
    const overwritten = this.#inPlace.variables;
    if (!this.#updated.some((variable) => overwritten.has(variable.leaf) && variable.keeps))
      return this.#neverOverwritten;
    return this.#updated.filter((variable) => !overwritten.has(variable.leaf) || variable.keeps);
  }

  #shaped(rows: number): Shaped {
    if (this.#last?.rows === rows) return this.#last;
    let shaped = this.#shapes.get(rows);
    if (shaped === undefined) {
      shaped = this.#bind(rows);
      if (this.#shapes.size >= MAX_SHAPES) this.#evict();
    } else this.#shapes.delete(rows);
    // A Map keeps the order of insertion: the first entry is the least recently used.
    this.#shapes.set(rows, shaped);
    this.#last = shaped;
    return shaped;
  }

  #evict(): void {
    const [rows, shaped] = this.#shapes.entries().next().value!;
    sayOnce(
      `shapes:${this.#graph.name}`,
      `pawl: "${this.#graph.name}" has seen more than ${MAX_SHAPES} batch sizes; each further one costs set-up time. Pad or drop batches to keep their number low.`,
    );
    this.#shapes.delete(rows);
    if (this.#last === shaped) this.#last = null;
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
      this.#pool,
    );
    const bindings: Binding[] = [];
    const bind: Bind = (model, inputs, outputs) => {
      const binding = this.#sessions.get(model)!.session.bind(inputs, outputs);
      bindings.push(binding);
      return binding;
    };
    const randoms = randomParts(this.#graph, places, () => this.#present);
    const phases = phasesOf({ graph: this.#graph, steps: this.#steps, inPlace: this.#inPlace, places, bind });
    const feeds = this.#graph.feeds.map((leaf) => {
      const slot = places.whole(leaf);
      return { leaf, slot, size: sizeOf(slot.dims) };
    });
    const label = `${this.#graph.name}, ${rows} rows`;
    const score = new Score(randoms.length > 0 ? [randoms, ...phases] : phases, label);
    return { rows, feeds, places, bindings, score };
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#runs === 0) this.#release();
  }

  #free({ bindings, places, score }: Shaped): void {
    this.#machine.crew?.forget(score);
    for (const binding of bindings) binding.dispose();
    places.dispose();
  }

  #release(): void {
    for (const shaped of this.#shapes.values()) this.#free(shaped);
    this.#shapes.clear();
    this.#last = null;
    for (const held of this.#sessions.values()) held.release();
  }
}

const now = (task: () => void): void => task();

/** Values that each shard computes for itself, except those that are also computed once for all. */
function ownPerShard(steps: readonly Step[]): Set<Value> {
  const outputs = (each: boolean): Value[] =>
    steps.flatMap((step) => (step.kind !== "allSum" && step.each === each ? step.outputs : []));
  const own = new Set(outputs(true));
  for (const value of outputs(false)) own.delete(value);
  return own;
}
