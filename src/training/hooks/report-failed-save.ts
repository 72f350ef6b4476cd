import { OptionError, PawlError } from "../../core/errors.js";

const ENDING: readonly string[] = ["file-exists", "run-lost"];

/**
 * What the user asked for wrongly ends the training, and so does another process in its folder; what a disk does is not
 * the training's fault.
 */
export function reportFailedSave(warn: (text: string) => void, what: string, error: unknown): void {
  if (error instanceof OptionError || (error instanceof PawlError && ENDING.includes(error.code))) throw error;
  const message = error instanceof Error ? error.message : String(error);
  warn(`Training goes on, but saving ${what} failed: ${message}`);
}
