import { profiling } from "../../core/profiling.js";
import type { Value } from "../../graph/value.js";
import type { Part } from "../crew/score.js";
import type { Run } from "../engine.js";
import { fusedKernel } from "../kernels/fused.js";
import { randomCall } from "../kernels/random.js";
import { treeSum } from "../kernels/tree-sum.js";
import type { Places, Shard } from "../places.js";
import { type Duty, dutyFor, dutyOf } from "../profile/duty.js";
import type { Graph } from "../program-graph.js";
import { variableOf } from "../variable.js";
import { type Bind, convKernelParts } from "./conv-kernel.js";
import type { InPlace } from "./in-place.js";
import { callPart, kernelPart, type Place, sessionPart } from "./parts.js";
import { readsOf, type Step } from "./step.js";

/** What phases are made from, for one batch size. */
export interface Material {
  readonly graph: Graph;
  readonly steps: readonly Step[];
  readonly inPlace: InPlace;
  readonly places: Places;
  readonly bind: Bind;
}

/** Parts that run one after the other. */
type Chain = Part[];

/** A phase that can still take steps. */
interface Open {
  readonly kind: "each" | "once";
  readonly written: Set<Value>;
  readonly chains: Chain[];
}

/** The parts that draw random numbers for a run, each in its own chain. */
export function randomParts(
  { name, randoms }: Graph,
  places: Places,
  present: () => Pick<Run, "seed" | "iteration">,
): Chain[] {
  return randoms.flatMap((leaf): Chain[] => {
    const make = () => randomCall(leaf.attrs, present(), places.whole(leaf));
    return make() === null ? [] : [[callPart(`${name}: random numbers`, () => make()!)]];
  });
}

/** The steps as phases of independent chains. */
export function phasesOf(material: Material): Chain[][] {
  const { steps, inPlace, places } = material;
  const phases: Chain[][] = [];
  let open = null as Open | null;
  for (const [index, step] of steps.entries()) {
    // Kernels that overwrite variables come after everything that may fail and everything else that reads them.
    if (index === inPlace.from) open = null;
    if (step.kind === "allSum") {
      phases.push(step.parts.map((part, i) => [sumPart(material, part, step.sums[i]!)]));
      open = null;
      continue;
    }
    const kind = step.each ? "each" : "once";
    // Steps for each shard form one chain per shard; a step that is done once waits only for what it reads.
    if (open?.kind !== kind || (kind === "once" && readsOf(step).some((value) => open!.written.has(value)))) {
      open = { kind, written: new Set(), chains: kind === "each" ? places.present.map(() => []) : [] };
      phases.push(open.chains);
    }
    for (const value of step.outputs) open.written.add(value);
    if (step.each)
      for (const [i, shard] of places.present.entries()) open.chains[i]!.push(...parts(material, step, shard));
    else open.chains.push(parts(material, step, "all"));
  }
  return phases;
}

function at({ graph, places }: Material, value: Value, shard: Shard): Place {
  const moves = variableOf(value) !== undefined || graph.targets.has(value);
  return [moves ? value : null, places.slot(value, shard)];
}

/** What a part does at least. */
function duty(
  { graph, places }: Material,
  shard: Shard,
  inputs: readonly Value[],
  outputs: readonly Value[],
): Duty | null {
  if (profiling === null) return null;
  const slots = [...inputs, ...outputs].map((value) => places.slot(value, shard));
  return dutyOf(slots, { outputs, inputs, rows: places.rowsOf(shard), updated: graph.targets });
}

/** The parts of a step for one shard, or for all rows. */
function parts(material: Material, step: Exclude<Step, { kind: "allSum" }>, shard: Shard): Part[] {
  const { graph, places, bind } = material;
  switch (step.kind) {
    case "convKernel":
      return convKernelParts(graph.name, step, at(material, step.outputs[0]!, shard), places, shard, bind);
    case "kernel":
      return [ofKernel(material, step, shard)];
    case "session":
      return [ofSession(material, step, shard)];
  }
}

function ofKernel(material: Material, step: Extract<Step, { kind: "kernel" }>, shard: Shard): Part {
  const { graph, places } = material;
  const { call, sums } = step;
  // A sum that the kernel adds up itself is read as the parts of the shards that are present.
  const inputs = call.inputs.flatMap((value): Place[] =>
    sums?.has(value)
      ? places.present.map((part) => at(material, sums.get(value)!, part))
      : [at(material, value, shard)],
  );
  const outputs = call.outputs.map((value) => at(material, value, shard));
  const name = `${graph.name}: ${call.name} of ${call.outputs[0]!.shape.join(" x ")}`;
  const kernel =
    sums === undefined
      ? call.kernel!
      : fusedKernel(call.cluster!, { values: new Set(sums.keys()), isPresent: places.isPresent });
  if (kernel.temporary !== undefined) {
    // A shard does one thing after the other; what is done once may run beside other work that is done once.
    const purpose = shard === "all" ? `temporary of ${call.outputs[0]!.id}` : "temporary";
    inputs.push([null, places.scratch(shard, purpose, [kernel.temporary])]);
  }
  return kernelPart({ name, duty: duty(material, shard, call.inputs, call.outputs), places, inputs, outputs }, kernel);
}

function ofSession(material: Material, step: Extract<Step, { kind: "session" }>, shard: Shard): Part {
  const { graph, steps, places, bind } = material;
  const { emitted } = step;
  const inputs = emitted.inputs.map((value) => at(material, value, shard));
  const outputs = step.outputs.map((value) => at(material, value, shard));
  const names = emitted.inputs.map((_, i) => `x${i}`);
  if (emitted.usesRows) {
    inputs.push([null, places.rowCount(shard)]);
    names.push("rows");
  }
  const binding = bind(emitted.model, names, emitted.outputs);
  const of = step.outputs.map(({ shape }) => shape.join(" x ")).slice(0, SHOWN);
  const name = `${graph.name}: session ${steps.indexOf(step)}${profiling !== null ? ` (${workOf(emitted.text)}) of ${of.join(", ")}` : ""}`;
  return sessionPart(
    { name, duty: duty(material, shard, emitted.inputs, step.outputs), places, inputs, outputs },
    binding,
  );
}

/** How many of a session's operations and outputs its name tells. */
const SHOWN = 6;
/** Operations that only say how a tensor is looked at. */
const VIEWS = new Set(["Reshape", "Cast", "Unsqueeze", "Squeeze", "Identity"]);

/** The operations that a session's model computes, each once with its window and groups. */
function workOf(text: string): string {
  const works = new Set<string>();
  for (const [, work, options] of text.matchAll(/ = (\w+)\((.*)\)$/gm)) {
    if (VIEWS.has(work!)) continue;
    const window = /kernel_shape=\[([\d, ]+)\]/.exec(options!)?.[1]?.replaceAll(", ", " x ");
    const strides = /strides=\[(\d+)/.exec(options!)?.[1];
    const group = /group=(\d+)/.exec(options!)?.[1];
    const of = [
      window,
      strides === undefined || strides === "1" ? undefined : `/${strides}`,
      group === undefined || group === "1" ? undefined : `in ${group} groups`,
    ];
    works.add([work, ...of.filter((part) => part !== undefined)].join(" "));
  }
  const shown = [...works].slice(0, SHOWN);
  return `${shown.join(", ")}${works.size > SHOWN ? ", …" : ""}`;
}

/** Shards without rows keep their position in the tree and add nothing. */
function sumPart(material: Material, part: Value, sum: Value): Part {
  const { graph, places } = material;
  const inputs = places.present.map((shard) => at(material, part, shard));
  const name = `${graph.name}: allSum of ${sum.shape.join(" x ")}`;
  const outputs = [at(material, sum, "all")];
  const slots = [...inputs, ...outputs].map(([, slot]) => slot);
  return kernelPart({ name, duty: dutyFor(slots, sum, 0), places, inputs, outputs }, treeSum(places.isPresent));
}
