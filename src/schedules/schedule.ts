import { OptionPart } from "../core/parts.js";

/**
 * A learning rate that follows the step. It is computed on the host for each step and fed to the training graph, so a
 * schedule of one's own is a subclass with an option table and `at`; nothing has to be expressed in `ops`.
 */
export abstract class LearningRateSchedule<O extends object = object> extends OptionPart<O> {
  /** Name in files; equal to the export's name. */
  static readonly className: string;

  /** The rate for the update that is made at `step` (0 for the first). */
  abstract at(step: number): number;
}
