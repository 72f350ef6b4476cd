import { isRowExchange, type Plan, placeOf, type Stage } from "../../graph/plan.js";
import type { Value } from "../../graph/value.js";
import type { ProgramSpec } from "../engine.js";
import { prepare } from "../program-graph.js";
import { convKernelModels } from "./conv-kernel.js";
import { cut } from "./cuts.js";
import { emit } from "./emit.js";
import { fuseSums } from "./fuse-sums.js";
import { repeatOverStages } from "./repeat.js";
import type { Step } from "./step.js";

/** The plan as steps for an ONNX machine. */
export function stepsOf(plan: Plan): Step[] {
  const steps = repeatOverStages(plan).flatMap(stepsOfStage);
  return fuseSums(steps, plan.shards, new Set(plan.outputs));
}

function stepsOfStage(stage: Stage): Step[] {
  if (stage.kind === "allSum") return [{ kind: "allSum", parts: stage.parts, sums: stage.sums }];
  const each = stage.kind === "shards";
  return cut(stage.inputs, stage.outputs).map((piece): Step => {
    if (piece.kind === "kernel") {
      const { call } = piece;
      if (call.kernel !== null) return { kind: "kernel", each, call, outputs: call.outputs };
      const { outputs } = call;
      return {
        kind: "convKernel",
        each,
        node: call.gradient!,
        models: convKernelModels(call.gradient!, outputs[0]!),
        outputs,
      };
    }
    return { kind: "session", each, emitted: emit(piece.given, piece.outputs), outputs: piece.outputs };
  });
}

/** The steps for people and golden files. Values are named by the order in which they first appear. */
export function stepsText(steps: readonly Step[]): string {
  const names = new Map<Value, string>();
  const nameOf = (value: Value): string => {
    if (isRowExchange(value)) return `${value.op === "allRows" ? "all" : "own"} rows of ${nameOf(placeOf(value))}`;
    let name = names.get(value);
    if (name === undefined) {
      name = value.op === "input" ? (value as Value<"input">).attrs.name : `${value.op}#${names.size}`;
      names.set(value, name);
    }
    return name;
  };
  const list = (values: readonly Value[]): string => values.map(nameOf).join(", ");
  const kernelInputs = ({ call, sums }: Extract<Step, { kind: "kernel" }>): string =>
    call.inputs.map((input) => (sums?.has(input) ? `sum of ${nameOf(sums.get(input)!)}` : nameOf(input))).join(", ");
  return steps
    .map((step) => {
      if (step.kind === "allSum") return `allSum (${list(step.parts)}) -> (${list(step.sums)})\n`;
      const where = step.each ? "each shard" : "once";
      if (step.kind === "convKernel") {
        const head = `convKernel, ${where}: (${list(step.node.inputs)}) -> (${list(step.outputs)})\n`;
        return head + step.models.text.replace(/^(?=.)/gm, "  ");
      }
      if (step.kind === "kernel")
        return `kernel ${step.call.name}, ${where}: (${kernelInputs(step)}) -> (${list(step.outputs)})\n`;
      const head = `session, ${where}: (${list(step.emitted.inputs)}) -> (${list(step.outputs)})\n`;
      return head + step.emitted.text.replace(/^(?=.)/gm, "  ");
    })
    .join("");
}

/** What a program does, as text: its steps and the ONNX models of its sessions. */
export function programText(spec: ProgramSpec): string {
  const { plan, results, updates } = prepare(spec);
  const steps = stepsOf(plan);
  return `program ${spec.name}, shards: ${plan.shards}, results: ${results.size}, updates: ${updates.size}\n${stepsText(steps)}`;
}
