import { StateError } from "../core/errors.js";
import { bool, type Fields, type Resolved, resolveOptions } from "../core/options.js";
import { repr } from "../core/python-number.js";
import { Callback, type CallbackContext, neverFails } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";

export interface TerminateOnNaNOptions {
  /** Whether to throw instead of ending the training normally. Default false. */
  raiseError?: boolean;
}

const FIELDS: Fields<TerminateOnNaNOptions> = { raiseError: bool(false) };

/** Ends the training when the loss of a batch is NaN or infinite. */
export class TerminateOnNaN extends Callback {
  static readonly className: string = "TerminateOnNaN";
  override readonly addsLogs: readonly string[] = [];
  readonly options: Resolved<TerminateOnNaNOptions>;

  constructor(options?: TerminateOnNaNOptions) {
    super();
    this.options = resolveOptions("TerminateOnNaN", FIELDS, options);
  }

  /** @throws {StateError} with raiseError */
  override onTrainBatchEnd(batch: number, logs: Logs, context: CallbackContext): void {
    const loss = logs["loss"];
    if (loss === undefined || Number.isFinite(loss)) return;
    if (this.options.raiseError) {
      throw new StateError({
        code: "invalid-loss",
        what: `The loss of batch ${batch} is ${repr(loss)}`,
        fix: "Lower the learning rate, clip gradients (clipnorm), or look for invalid values in the data",
        data: { batch, loss: repr(loss) },
      });
    }
    context.print(`Batch ${batch}: Invalid loss, terminating training\n`);
    this.model.stopTraining = true;
  }
}

neverFails(TerminateOnNaN.prototype.onTrainBatchEnd);
