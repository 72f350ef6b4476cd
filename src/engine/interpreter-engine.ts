import { Tensor } from "../core/tensor.js";
import type { NumberArray } from "../graph/interpreter/index.js";
import { interpret } from "../graph/interpreter/interpret.js";
import type { Value } from "../graph/value.js";
import type { Engine, Program, ProgramSpec, Run } from "./engine.js";
import { checkRun, type Graph, prepare } from "./program-graph.js";
import { variableOf } from "./variable.js";

/**
 * Runs the interpreter: float64, one primitive at a time. Variables and results are still float32. The meaning of a
 * graph does not depend on shards, so the whole batch is computed in one.
 */
export class InterpreterEngine implements Engine {
  readonly name = "interpreter";
  readonly fingerprint: Readonly<Record<string, string>> = { library: "interpreter" };
  readonly sessionCount = 0;

  async compile(spec: ProgramSpec): Promise<Program> {
    return new InterpreterProgram(prepare(spec));
  }
}

class InterpreterProgram implements Program {
  readonly shards: number;
  readonly #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.shards = graph.plan.shards;
  }

  async run(run: Run): Promise<Record<string, Tensor>> {
    const { results, updates, feeds, variables } = this.#graph;
    checkRun(this.#graph, run);
    const known = new Map<Value, ArrayLike<number> | number>();
    for (const leaf of feeds) known.set(leaf, run.feeds.get(leaf)!);
    const { place = now, commit = now } = run;
    place(() => {
      for (const leaf of variables) known.set(leaf, variableOf(leaf)!.data);
    });
    const outputs = [...results.values(), ...updates.values()];
    const { rows, seed, iteration } = run;
    const computed = interpret(outputs, { feeds: known, rows, seed, iteration });
    const names = [...results.keys()];
    const read = names.map((name, i) => [name, tensorOf(results.get(name)!, computed[i]!)] as const);
    commit(() => {
      [...updates.keys()].forEach((variable, i) => {
        variable.next.block.view(variable.dtype, variable.size).set(computed[names.length + i]!.data);
      });
      for (const variable of updates.keys()) variable.commit();
    });
    run.meanwhile?.();
    return Object.fromEntries(read);
  }

  readonly isDisposed = false;
  dispose(): void {}
}

const now = (task: () => void): void => task();

function tensorOf(value: Value, { data, shape }: NumberArray): Tensor {
  return new Tensor(data, shape, value.dtype);
}
