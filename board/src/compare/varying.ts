import type { Row } from "../../../src/board/wire.js";
import type { Column } from "../table-model.js";

/** Columns in which not all of the runs say the same. */
export function varying(rows: readonly Row[], columns: readonly Column[]): Column[] {
  return columns.filter((column) => new Set(rows.map((row) => String(column.value(row) ?? ""))).size > 1);
}
