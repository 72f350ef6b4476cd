import type { Data, FixedSizeList } from "apache-arrow";

type Arrow = typeof import("apache-arrow");
type Offsets = ArrayLike<number | bigint>;

/** The buffers that a column of some type has; others are not there. */
interface Buffers {
  readonly values?: ArrayLike<number | bigint>;
  readonly valueOffsets?: Offsets;
}

const short = (what: string): Error => new Error(`its ${what} are cut short`);

/**
 * Checks that the buffers of a column hold as many values as it says: apache-arrow reads nothing, or anything, behind
 * their ends, and believes a list that says it is two thousand million values long.
 * @throws {Error}
 */
export function checkWhole(arrow: Arrow, data: Data): void {
  const { DataType } = arrow;
  const { type, length, nullCount, nullBitmap, children, dictionary } = data;
  const { values = [], valueOffsets = [] } = data as Buffers;
  if (nullCount > 0 && nullBitmap.length > 0 && nullBitmap.length * 8 < length) throw short("marks of missing values");
  if (DataType.isDictionary(type)) {
    if (values.length < length) throw short("numbers of values");
    for (let i = 0; i < length; i++) {
      if (data.getValid(i) && !(Number(values[i]) < (dictionary?.length ?? 0))) throw new Error("a value has no entry");
    }
    for (const part of dictionary?.data ?? []) checkWhole(arrow, part);
    return;
  }
  for (const child of children) checkWhole(arrow, child);
  const isBytes = [DataType.isUtf8, DataType.isLargeUtf8, DataType.isBinary, DataType.isLargeBinary].some((is) =>
    is(type),
  );
  if (isBytes || DataType.isList(type) || DataType.isMap(type)) {
    checkOffsets(valueOffsets, length, isBytes ? values.length : children[0]!.length);
  } else if (DataType.isStruct(type)) {
    if (children.some((child) => child.length < length)) throw short("fields");
  } else if (DataType.isFixedSizeList(type)) {
    if (children[0]!.length < length * (type as FixedSizeList).listSize) throw short("lists");
  } else if (!DataType.isNull(type)) {
    const there = DataType.isBool(type) ? 8 * values.length : values.length / data.stride;
    if (there < length) throw short("values");
  }
}

function checkOffsets(offsets: Offsets, length: number, most: number): void {
  if (length === 0) return;
  if (offsets.length <= length) throw short("offsets");
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const offset = Number(offsets[i]);
    if (offset < before || offset > most) throw new Error(`its offset ${i} is ${offset}`);
    before = offset;
  }
}
