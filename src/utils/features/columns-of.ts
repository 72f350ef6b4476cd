import { Tensor } from "../../core/tensor.js";
import { Records } from "../../data/index.js";
import { stack } from "../../data/pipeline/stack.js";
import { refuseEndless } from "../../data/records/refuse-endless.js";

/** Rows that layers learn from at a time, as in Keras. */
const ROWS = 32;
/** Records whose values are learned from together. */
const RECORDS = 1024;

/**
 * The values of one feature, in batches.
 * @param data columns by name, batches of such, a function that gives either, or records
 * @param column the values of a record or of columns, (rows, 1)
 */
export async function* columnsOf<R>(data: unknown, column: (record: R) => Tensor): AsyncGenerator<Tensor, void, void> {
  if (data instanceof Records) return yield* columnOfRecords(data, column);
  const given = typeof data === "function" ? (data as () => unknown)() : data;
  const isBatches =
    typeof given === "object" && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given);
  for await (const record of (isBatches ? given : [given]) as AsyncIterable<R>) {
    const values = column(record);
    if (isBatches) yield values;
    else for (let row = 0; row < values.shape[0]!; row += ROWS) yield values.slice(row, row + ROWS);
  }
}

async function* columnOfRecords<R>(
  records: Records<object>,
  column: (record: R) => Tensor,
): AsyncGenerator<Tensor, void, void> {
  refuseEndless("adapt of a FeatureSpace", { endless: records.length === Number.POSITIVE_INFINITY }, null, null);
  let rows: Tensor[] = [];
  const joined = (): Tensor => {
    const { shape, data, dtype } = stack(rows, (i) => `adapt: record ${i} of ${rows.length}`);
    return new Tensor(data, [shape[0]! * shape[1]!, ...shape.slice(2)], dtype);
  };
  for await (const record of records.pass()) {
    rows.push(column(record as R));
    if (rows.length === RECORDS) {
      yield joined();
      rows = [];
    }
  }
  if (rows.length > 0) yield joined();
}
