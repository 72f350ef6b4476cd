import { OptionError } from "../../core/errors.js";
import { Records } from "./records.js";

/**
 * Records where batches are wanted.
 * @throws {OptionError} for records
 */
export function refuseRecords(given: unknown): void {
  if (!(given instanceof Records)) return;
  const said = String(given);
  throw new OptionError({
    code: "records-without-batch",
    what: "fit, evaluate, predict and adapt take batches of records, not the records themselves",
    received: said,
    expected: `${said}.batch(32)`,
    fix: 'Call batch last, e.g. records.batch(32, { x: "image", y: "label" })',
  });
}
