import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import { commonRows } from "../array-dataset.js";
import { sampledFingerprintOf } from "../fingerprint.js";
import { arrayColumns } from "../pipeline/columns.js";
import { type ArrayInput, toTensors } from "../to-tensors.js";
import type { DataRecord, RecordSource } from "./source.js";

/** Records that are the rows of arrays: a number or a string, a typed array, or a Tensor where a row has several axes. */
export function arraySource(arrays: Readonly<Record<string, ArrayInput>>): RecordSource<DataRecord> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, array] of Object.entries(arrays)) tensors[name] = toTensors(array, name)[0]!;
  const length = commonRows(Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, [tensor]])));
  const entries = Object.entries(tensors).map(([name, tensor]) => [name, rowsOf(tensor)] as const);
  const recordAt = (row: number): DataRecord => {
    const record: Record<string, unknown> = {};
    for (const [name, at] of entries) record[name] = at(row);
    return record;
  };
  return {
    length,
    blocks: null,
    owned: true,
    columns: arrayColumns(tensors),
    fields: Object.fromEntries(
      Object.entries(tensors).map(([name, { dtype, shape }]) => [name, `${dtype} ${formatShape(shape.slice(1))}`]),
    ),
    read: async (from, to) => Array.from({ length: to - from }, (_, i) => recordAt(from + i)),
    readAt: (indexes) => Array.from(indexes, recordAt),
    async parts() {
      const found = Object.entries(tensors).map(async ([name, tensor]) => ({
        name,
        digest: await sampledFingerprintOf({ [name]: [tensor] }),
      }));
      return Promise.all(found);
    },
  };
}

/** A copy of a row, so that who gets it cannot change the data. */
function rowsOf(tensor: Tensor): (row: number) => unknown {
  const { data, shape } = tensor;
  if (shape.length === 1) return (row) => data[row];
  const width = shape[1]!;
  if (shape.length === 2 && !Array.isArray(data)) {
    return (row) => (data as Float32Array).slice(row * width, (row + 1) * width);
  }
  return (row) => tensor.at(row);
}
