import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { refuseEndless } from "../data/records/refuse-endless.js";
import { batchSizeFor } from "./data/cursor.js";
import { type Given, Source } from "./data/source.js";
import type { Callback, CallbackParams, TrainingModel } from "./hooks/callback.js";
import { CallbackList } from "./hooks/callback-list.js";
import { LoopContext } from "./hooks/loop-context.js";
import { withProgress } from "./hooks/progress.js";
import { standardOutput } from "./hooks/progress-output.js";
import { buildFor } from "./loop/build-for.js";
import { COMMON, type FitOptions, resolveVerbosity } from "./loop/fit-options.js";
import type { Services } from "./loop/session.js";
import { evaluateOn } from "./loop/validation.js";
import type { Logs } from "./state/logs.js";
import type { Trainer } from "./step/trainer.js";

/** Options of `model.evaluate`, as in Keras. */
export interface EvaluateOptions extends Pick<FitOptions, "batchSize" | "verbose" | "callbacks" | "sampleWeight"> {
  /** Batches to evaluate. Default null: all. */
  readonly steps?: number | null;
}

const FIELDS: Fields<EvaluateOptions> = { ...COMMON, steps: nullable(int({ min: 1 })) };

/** Names of all options of `evaluate`. */
export const EVALUATE_OPTIONS: readonly string[] = Object.keys(FIELDS);

/** The losses and metrics of a compiled model over data, by name. */
export async function evaluate(
  trainer: Trainer,
  model: TrainingModel,
  given: Pick<Given, "x" | "y">,
  options: EvaluateOptions | undefined,
  services: Services,
): Promise<Logs> {
  const { network } = trainer;
  const where = `evaluate of ${network.label}`;
  const { batchSize, steps, sampleWeight, ...rest } = resolveOptions(where, FIELDS, options);
  trainer.compiled("evaluate");
  trainer.checkTestable(where);
  const whole = await buildFor(network, { ...given, sampleWeight });
  const source = Source.of(network, where, whole, trainer.withLoss);
  refuseEndless(where, source.dataset, steps);
  const size = batchSizeFor(where, source, batchSize, steps);
  const callbacks = loopCallbacks(rest, services);
  callbacks.begin(model, {
    ...LOOP,
    verbose: resolveVerbosity(rest.verbose),
    steps: steps ?? source.dataset.batchesPerPass(size),
  });
  return evaluateOn({ trainer, source, batchSize: size, steps, callbacks, where });
}

/** Callback parameters of a loop that does not train. */
export const LOOP: Omit<CallbackParams, "verbose" | "steps"> = {
  epochs: 1,
  initialEpoch: 0,
  logs: [],
  logsMayGrow: true,
};

/** The callbacks of a loop that does not train, and its progress. */
export function loopCallbacks(options: Pick<FitOptions, "callbacks" | "verbose">, services: Services): CallbackList {
  const output = standardOutput();
  const context = new LoopContext({
    files: services.files,
    print: (text) => output.write(text),
    flush: () => services.saver.ready(),
  });
  return new CallbackList(withProgress(options.callbacks as readonly Callback[], options.verbose, output), context);
}
