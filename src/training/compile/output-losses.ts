import { OptionError } from "../../core/errors.js";
import { alongStructure, type Structure } from "../../core/grouped.js";
import type { Dims } from "../../graph/value.js";
import type { Loss } from "../../losses/index.js";
import * as losses from "../../losses/index.js";
import { byOutputName, isByName, type NamedOutputs, wrongCount } from "../state/per-output.js";
import { type FeedType, taskKind } from "../state/signature.js";
import type { CompileArgs, LossLike, LossSpec, LossWeights } from "./compile.js";

/** The loss of one output. */
export interface OutputLoss {
  /** Index of the output. */
  readonly output: number;
  readonly loss: Loss;
  /** Its factor in the total. */
  readonly weight: number;
  /** Shape of the predictions that it is for. */
  readonly prediction: Dims;
  /** The key of the loss before its factor, `<output>_loss`; only when several outputs have a loss, else null. */
  readonly key: string | null;
}

/**
 * The losses given to `compile`, one for each output that has one.
 * @throws {OptionError} when they do not fit the outputs, and for unknown names
 */
export function makeOutputLosses(
  model: string,
  args: CompileArgs,
  { names: outputs, structure }: NamedOutputs,
  predictions: readonly Dims[],
  targets: readonly (Pick<FeedType, "shape"> | null)[],
): OutputLoss[] {
  const where = `compile of ${model}: loss`;
  const given = entries(where, args.loss, outputs, structure);
  const weights = factors(`compile of ${model}: lossWeights`, args.lossWeights, outputs, structure);
  const present = given.flatMap((loss, output) => (loss === null ? [] : [output]));
  return present.map((output) => {
    const target = targets[output] ?? null;
    if (target === null) throw missingTarget(model, outputs[output]!);
    const prediction = predictions[output]!;
    const loss = makeLoss(given[output]!, target.shape, prediction, where);
    const key = present.length > 1 ? `${outputs[output]}_loss` : null;
    return { output, loss, weight: weights[output]!, prediction, key };
  });
}

/** Which outputs have a loss; known before there is data. */
export function outputsWithLoss(model: string, args: CompileArgs, outputs: NamedOutputs): boolean[] {
  return entries(`compile of ${model}: loss`, args.loss, outputs.names, outputs.structure).map((loss) => loss !== null);
}

function entries(
  where: string,
  spec: LossSpec | null,
  outputs: readonly string[],
  structure: Structure | undefined,
): (LossLike | null)[] {
  if (spec === null) return outputs.map(() => null);
  const isLoss = (one: unknown): boolean => !Array.isArray(one) && !isByName(one);
  const along = structure?.parts === undefined ? undefined : alongStructure(structure, spec, isLoss, true);
  if (along !== undefined) return along as (LossLike | null)[];
  if (Array.isArray(spec)) {
    if (spec.length !== outputs.length) throw wrongCount(where, spec.length, outputs);
    return [...(spec as readonly (LossLike | null)[])];
  }
  if (isByName(spec)) return byOutputName<LossLike>(where, spec, outputs, true);
  return outputs.map(() => spec as LossLike);
}

function factors(
  where: string,
  spec: LossWeights | null,
  outputs: readonly string[],
  structure: Structure | undefined,
): number[] {
  if (spec === null) return outputs.map(() => 1);
  const isFactor = (one: unknown): boolean => typeof one === "number";
  const along = structure?.parts === undefined ? undefined : alongStructure(structure, spec, isFactor);
  const list =
    along !== undefined
      ? (along as (number | null)[])
      : typeof spec === "number"
        ? [spec]
        : Array.isArray(spec)
          ? [...spec]
          : byOutputName<number>(where, spec as Record<string, number>, outputs, false);
  if (list.length !== outputs.length) throw wrongCount(where, list.length, outputs);
  return list.map((factor) => {
    if (factor === null) return 1;
    if (typeof factor === "number" && Number.isFinite(factor)) return factor;
    throw new OptionError({ code: "loss-weight", what: `${where} must be numbers`, received: String(factor) });
  });
}

function makeLoss(given: LossLike, target: Dims, prediction: Dims, where: string): Loss {
  const name = typeof given === "string" ? given.toLowerCase() : "";
  if (name !== "crossentropy" && name !== "ce") return losses.get(given, where);
  const kind = taskKind(target, prediction);
  return losses.get(kind === "sparse" ? "sparse_categorical_crossentropy" : `${kind}_crossentropy`, where);
}

/** The error for data without the targets that a loss needs. */
export function missingTarget(model: string, output: string): OptionError {
  return new OptionError({
    code: "missing-targets",
    what: `${model}: output "${output}" has a loss, but the data has no targets for it`,
    received: "no y",
    expected: `targets for "${output}"`,
    fix: `Give targets as y, or leave the output out of the loss with { "${output}": null }`,
    data: { output },
  });
}
