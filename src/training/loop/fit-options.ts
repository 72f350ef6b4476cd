import { OptionError } from "../../core/errors.js";
import {
  bool,
  type Field,
  type Fields,
  float,
  int,
  nullable,
  oneOf,
  type Resolved,
  resolveOptions,
  wrongOption,
} from "../../core/options.js";
import { isConfig } from "../../core/parts.js";
import type { TensorsLike } from "../data/arrays.js";
import {
  type ClassWeight,
  type ClassWeightByOutput,
  type ClassWeights,
  parseClassWeight,
} from "../data/class-weight.js";
import type { BatchesLike } from "../data/source.js";
import { Callback, callbackName } from "../hooks/callback.js";
import { type ResolvedRun, type RunOptions, resolveRun } from "../options/run-options.js";

/** Progress on stdout: 0 none, 1 a bar, 2 one line per epoch. "auto" is 1. */
export type Verbosity = "auto" | 0 | 1 | 2;

/** Validation data: `[x, y]`, `[x, y, sampleWeight]`, or anything that `fit` accepts as a data set. */
export type ValidationData = readonly [TensorsLike, TensorsLike, TensorsLike?] | BatchesLike;

/** Options of `model.fit`; names and defaults as in Keras. */
export interface FitOptions {
  /** Rows per batch. Default 32. Not allowed for data that comes in batches. */
  readonly batchSize?: number | null;
  /** Number of the final epoch, not a count: epochs `initialEpoch … epochs - 1` run. Default 1. */
  readonly epochs?: number;
  /**
   * How much progress to print: 0 nothing, 1 a bar, 2 one line per epoch. Default "auto": 1. Where stdout is not a
   * terminal, 1 prints one line per epoch.
   */
  readonly verbose?: Verbosity;
  /** Callbacks to run during training. Default: none. */
  readonly callbacks?: readonly Callback[] | Callback | null;
  /** Fraction of the rows to hold out for validation, taken from the end before shuffling. Default 0. */
  readonly validationSplit?: number;
  /** Data to compute loss and metrics on after epochs; it is not trained on. Default null: no validation. */
  readonly validationData?: ValidationData | null;
  /** true: shuffle all rows before each pass; "batch": only inside each batch; false: keep the order. Default true. */
  readonly shuffle?: boolean | "batch";
  /**
   * Weight of each class's rows in the loss, as `{ label: weight }`; other classes have weight 1. For several outputs an
   * object of such by output name. Default null: all have weight 1.
   */
  readonly classWeight?: ClassWeight | ClassWeightByOutput | null;
  /**
   * Weight of each row (or element). For several outputs: a list, or an object by output name. Default null: all have
   * weight 1.
   */
  readonly sampleWeight?: TensorsLike | null;
  /** Epoch to start at, counted from 0. Default 0. */
  readonly initialEpoch?: number | null;
  /**
   * Batches per epoch. Each epoch then continues through the data where the one before stopped. Default null: each
   * epoch is one pass through all data.
   */
  readonly stepsPerEpoch?: number | null;
  /** Batches per validation. Default null: all. */
  readonly validationSteps?: number | null;
  /** Rows per batch of validation. Default: `batchSize`. */
  readonly validationBatchSize?: number | null;
  /** n: validate after every n-th epoch; a list: validate after these epochs, counted from 1. Default 1. */
  readonly validationFreq?: number | readonly number[];
  /** Continue at exactly the batch where the loaded state stopped, with the whole history. Default false. */
  readonly resume?: boolean;
  /**
   * Folder for checkpoints and a log: after a crash or a signal, the same call continues where the training stopped.
   * Default null: nothing is saved.
   */
  readonly run?: string | RunOptions | null;
  /**
   * With `run`: whether SIGINT and SIGTERM finish the step, save, and end the process. Without: whether Ctrl-C, before
   * it ends the process as usual, prints one line on stderr about what `run` would have saved. Default true.
   */
  readonly signals?: boolean;
  /**
   * What `fit` does when the last save of the run folder, or of a callback, failed: "reject" (default) rejects with a
   * StateError that holds the history; "warn" resolves. Failures of earlier saves only warn, and training continues.
   */
  readonly onSaveFailure?: "reject" | "warn";
}

export type ResolvedFit = Omit<Resolved<FitOptions>, "callbacks" | "run" | "classWeight" | "verbose"> & {
  readonly callbacks: readonly Callback[];
  readonly run: ResolvedRun | null;
  readonly classWeight: ClassWeights | null;
  readonly verbose: 0 | 1 | 2;
};

const asGiven = <T>(extra: Partial<Field<T | null>> = {}): Field<T | null> => ({
  default: null,
  parse: (value) => value as T | null,
  ...extra,
});

const verbosity: Field<Verbosity> = {
  default: "auto",
  parse(value, where) {
    if (value === "auto" || value === 0 || value === 1 || value === 2) return value;
    throw wrongOption(where, '"auto", 0, 1 or 2', value);
  },
};

export const COMMON: Pick<Fields<FitOptions>, "batchSize" | "verbose" | "callbacks" | "sampleWeight"> = {
  batchSize: nullable(int({ min: 1 })),
  verbose: verbosity,
  callbacks: {
    default: [],
    parse(value, where) {
      const list: unknown[] = value === null ? [] : Array.isArray(value) ? [...value] : [value];
      const wrong = list.find((callback) => !(callback instanceof Callback));
      if (list.every((item) => item instanceof Callback)) return list as Callback[];
      const hooks = isConfig(wrong) && Object.keys(wrong).some((key) => key.startsWith("on"));
      throw wrongOption(
        where,
        "a list of callbacks",
        wrong,
        hooks ? "Make it one: new callbacks.LambdaCallback({ onEpochEnd() {} })" : "Subclass callbacks.Callback",
      );
    },
  },
  sampleWeight: asGiven<TensorsLike>(),
};

export const classWeightField: Field<ClassWeight | ClassWeightByOutput | null> = {
  default: null,
  parse: (value, where) => {
    if (value === null || value instanceof Map || isConfig(value))
      return value as ClassWeight | ClassWeightByOutput | null;
    throw wrongOption(where, "an object { label: weight }, or one of such by output name", value);
  },
};

const FIELDS: Fields<FitOptions> = {
  ...COMMON,
  epochs: int({ min: 0 }, { default: 1 }),
  validationSplit: float({ min: 0, max: 1 }, { default: 0 }),
  validationData: asGiven<ValidationData>(),
  shuffle: {
    default: true,
    parse: (value, where) => {
      if (typeof value === "boolean" || value === "batch") return value;
      throw wrongOption(where, 'true, false or "batch"', value);
    },
  },
  classWeight: classWeightField,
  initialEpoch: nullable(int({ min: 0 })),
  stepsPerEpoch: nullable(int({ min: 1 })),
  validationSteps: nullable(int({ min: 1 })),
  validationBatchSize: nullable(int({ min: 1 })),
  validationFreq: {
    default: 1,
    parse: (value, where) => {
      const list = Array.isArray(value) ? value : [value];
      for (const epoch of list) {
        if (!Number.isInteger(epoch) || epoch < 1) throw wrongOption(where, "an integer >= 1 or a list of such", value);
      }
      return value as number | readonly number[];
    },
  },
  resume: bool(false),
  run: asGiven<string | RunOptions>(),
  signals: bool(true),
  onSaveFailure: oneOf(["reject", "warn"], { default: "reject" }),
};

/** Names of all options of `fit`. */
export const FIT_OPTIONS: readonly string[] = Object.keys(FIELDS);

/**
 * @param model how messages call the model
 * @throws {OptionError} for unknown or wrong options, and for options that exclude each other
 */
export function resolveFit(model: string, options: FitOptions | undefined): ResolvedFit {
  const where = `fit of ${model}`;
  const resolved = resolveOptions(where, FIELDS, options);
  if (resolved.classWeight !== null && resolved.sampleWeight !== null) {
    throw new OptionError({
      code: "two-weights",
      what: `${where}: classWeight and sampleWeight cannot be given together`,
      fix: "Multiply the class weights into sampleWeight",
    });
  }
  const callbacks = resolved.callbacks as readonly Callback[];
  return {
    ...resolved,
    callbacks,
    run: durableRun(where, resolved.run, callbacks),
    classWeight: resolved.classWeight === null ? null : parseClassWeight(resolved.classWeight, `${where}.classWeight`),
    verbose: resolveVerbosity(resolved.verbose),
  };
}

export function resolveVerbosity(verbose: Verbosity): 0 | 1 | 2 {
  return verbose === "auto" ? 1 : verbose;
}

/** Whether validation follows this epoch. */
export function validatesAfter(epoch: number, freq: number | readonly number[]): boolean {
  return typeof freq === "number" ? (epoch + 1) % freq === 0 : freq.includes(epoch + 1);
}

/** The run folder that `run` or a callback names. */
function durableRun(
  where: string,
  run: string | RunOptions | null,
  callbacks: readonly Callback[],
): ResolvedRun | null {
  const asking = callbacks.filter(({ durable }) => durable !== null);
  if (asking.length + (run === null ? 0 : 1) > 1) {
    throw new OptionError({
      code: "two-runs",
      what: `${where}: a training can be durable in one folder only`,
      received: [...(run === null ? [] : ["run"]), ...asking.map(callbackName)].join(" and "),
      fix: "Give one of them",
    });
  }
  if (run !== null) return { ...resolveRun(`${where}.run`, run), deleteAtEnd: false };
  return asking[0]?.durable ?? null;
}
