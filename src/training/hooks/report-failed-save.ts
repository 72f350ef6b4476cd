import { OptionError, PawlError } from "../../core/errors.js";

/** What the user asked for wrongly ends the training; what a disk does is not the training's fault. */
export function reportFailedSave(warn: (text: string) => void, what: string, error: unknown): void {
  if (error instanceof OptionError || (error instanceof PawlError && error.code === "file-exists")) throw error;
  const message = error instanceof Error ? error.message : String(error);
  warn(`Training goes on, but saving ${what} failed: ${message}`);
}
