import { type Field, int } from "../core/options.js";

export interface VerboseOption {
  /** 0: silent; 1: print a line for each action. Default 0. */
  verbose?: number;
}

export const verboseField: Field<number> = int({ min: 0, max: 2 }, { default: 0 });
