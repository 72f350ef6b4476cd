import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../core/options.js";

/** How the process computes; nothing here changes results. */
export interface Configuration {
  /**
   * Largest number of threads that compute at the same time, for parts of a batch and pieces of long tensors. null: the
   * environment variable PAWL_WORKERS, or else the number of cores. Default null.
   */
  readonly workers?: number | null;
}

const FIELDS: Fields<Configuration> = { workers: nullable(int({ min: 1 })) };

let configured: number | null = null;
let environment: number | null | undefined;

/**
 * Sets how the process computes, from the next step on.
 * @throws {OptionError} for unknown or wrong options
 */
export function configure(options: Configuration): void {
  configured = resolveOptions("configure", FIELDS, options).workers;
  environment = undefined;
}

/**
 * Largest number of threads that compute at the same time.
 * @param cores of the machine
 */
export function workerCount(cores: number): number {
  // Read once: it is asked for at each step, and the environment is slow.
  if (configured === null && environment === undefined) environment = fromEnvironment();
  return configured ?? environment ?? cores;
}

function fromEnvironment(): number | null {
  const given = process.env["PAWL_WORKERS"];
  if (given === undefined || given === "") return null;
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new OptionError({
    code: "workers",
    what: "The environment variable PAWL_WORKERS is no number of workers",
    received: `"${given}"`,
    expected: "a whole number, 1 or more",
  });
}
