import { OptionError, PawlError } from "../../core/errors.js";

const ENDING: readonly string[] = ["file-exists", "run-lost"];

/**
 * A wrong option, or another process in the run folder, ends the training; a disk error only warns, for the training
 * itself is fine.
 */
export function reportFailedSave(warn: (text: string) => void, what: string, error: unknown): void {
  if (error instanceof OptionError || (error instanceof PawlError && ENDING.includes(error.code))) throw error;
  const message = error instanceof Error ? error.message : String(error);
  warn(`Training goes on, but saving ${what} failed: ${message}`);
}
