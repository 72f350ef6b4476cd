import { useLayoutEffect, useState } from "preact/hooks";
import type { Column } from "../table-model.js";

/** Height of a line, and widths of columns, as in table.css. */
export const LINE = 30;
const WIDTH = { number: 84, text: 112 } as const;
/** What stands left of the columns, always in sight. */
const FIXED = 222;
/** So much is ready beyond each edge. */
const SPARE_LINES = 6;
const SPARE_PX = 120;

/** What of a table is seen; lengths in pixels. */
export interface View {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Columns that are made, and the room of those that are not. */
export interface ShownColumns {
  readonly columns: readonly Column[];
  /** Number of the first among all. */
  readonly first: number;
  readonly before: number;
  readonly after: number;
}

/** Follows what is seen of a box that scrolls. */
export function useView(box: { readonly current: HTMLElement | null }): [view: View, follow: () => void] {
  const [view, setView] = useState<View>({ top: 0, left: 0, height: 600, width: 1000 });
  const follow = (): void => {
    const element = box.current;
    if (element === null) return;
    const { scrollTop: top, scrollLeft: left, clientHeight: height, clientWidth: width } = element;
    setView({ top, left, height, width });
  };
  useLayoutEffect(() => {
    const watch = new ResizeObserver(follow);
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  return [view, follow];
}

/** First and end of the lines that are made. */
export function linesIn({ top, height }: View, count: number): [first: number, end: number] {
  const first = Math.max(0, Math.min(Math.floor(top / LINE) - SPARE_LINES, count - 1));
  return [first, Math.min(count, Math.ceil((top + height) / LINE) + SPARE_LINES)];
}

export function columnsIn({ left, width }: View, all: readonly Column[]): ShownColumns {
  const columns: Column[] = [];
  let [first, before, after, at] = [0, 0, 0, FIXED];
  all.forEach((column, i) => {
    const own = column.numeric ? WIDTH.number : WIDTH.text;
    if (at + own < left - SPARE_PX) before += own;
    else if (at > left + width + SPARE_PX) after += own;
    else {
      if (columns.length === 0) first = i;
      columns.push(column);
    }
    at += own;
  });
  return { columns, first, before, after };
}
