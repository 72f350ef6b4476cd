import { Tensor } from "../../core/tensor.js";
import type { BlockColumn, RecordBlock } from "../records/source.js";
import type { Spare } from "./spare.js";

/** Records of one block that are wanted: their numbers in the block, and where each goes. */
export interface Wanted {
  readonly rows: readonly number[];
  readonly places: readonly number[];
}

/** A field of some records, to be filled block by block. */
export interface Gathered {
  /** @throws for a damaged record */
  take(block: RecordBlock<unknown>, wanted: Wanted): void;
  readonly tensor: Tensor;
}

/** Numbers become float32, as they do in a batch of records. */
export function gathered(field: string, isText: boolean, rows: number, spare: Spare): Gathered {
  const numbers = isText ? null : (spare.take("float32", rows) as Float32Array);
  const texts = isText ? new Array<string>(rows) : null;
  return {
    take(block, { rows: from, places }) {
      const column = block.column?.(field) ?? null;
      if (column === null) {
        for (let i = 0; i < from.length; i++) {
          const value = (block.at(from[i]!) as Readonly<Record<string, unknown>>)[field];
          if (numbers === null) texts![places[i]!] = value as string;
          else numbers[places[i]!] = value as number;
        }
      } else if (numbers === null) copyTexts(column, texts!, from, places);
      // Two calls, for each place in the code is fast with one kind of array only.
      else if (column.values instanceof Float32Array) copySingles(column, column.values, numbers, from, places);
      else copyDoubles(column, column.values as Float64Array, numbers, from, places);
    },
    get tensor() {
      return numbers === null ? new Tensor(texts!, [rows], "string") : new Tensor(numbers, [rows], "float32");
    },
  };
}

type Copy<T> = (
  column: BlockColumn,
  values: T,
  to: Float32Array,
  from: readonly number[],
  places: readonly number[],
) => void;

const copyDoubles: Copy<Float64Array> = ({ stride, offset }, values, to, from, places) => {
  for (let i = 0; i < from.length; i++) to[places[i]!] = values[from[i]! * stride + offset]!;
};

const copySingles: Copy<Float32Array> = ({ stride, offset }, values, to, from, places) => {
  for (let i = 0; i < from.length; i++) to[places[i]!] = values[from[i]! * stride + offset]!;
};

function copyTexts(
  { values, stride, offset }: BlockColumn,
  to: string[],
  from: readonly number[],
  places: readonly number[],
): void {
  for (let i = 0; i < from.length; i++) to[places[i]!] = values[from[i]! * stride + offset] as string;
}
