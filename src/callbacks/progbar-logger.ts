import { ProgressLogger } from "../training/index.js";

/**
 * Shows progress, as `verbose` says. `fit`, `evaluate` and `predict` add one after the callbacks; given among them, it
 * prints at its own place in the list.
 */
export class ProgbarLogger extends ProgressLogger {
  static readonly className: string = "ProgbarLogger";
  override readonly watchesOnly = true;

  // biome-ignore lint/complexity/noUselessConstructor: output and clock are not for users
  constructor() {
    super();
  }
}
