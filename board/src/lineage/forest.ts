import type { Row } from "../../../src/board/wire.js";

/** A run and those that began from it. */
export interface Node {
  readonly row: Row;
  readonly children: readonly Node[];
  /** Runs in it. */
  readonly size: number;
}

/** The families of these runs, each whole: ancestors come along also when the filter leaves them out. */
export function forest(rows: readonly Row[], all: ReadonlyMap<string, Row>): Node[] {
  const children = new Map<string, Row[]>();
  for (const row of all.values()) {
    if (row.parent === null || !all.has(row.parent.run)) continue;
    const list = children.get(row.parent.run);
    if (list) list.push(row);
    else children.set(row.parent.run, [row]);
  }
  const wanted = new Set<string>();
  const roots: Row[] = [];
  for (const row of rows) {
    const root = rootOf(row, all);
    if (!wanted.has(root.id)) {
      wanted.add(root.id);
      roots.push(root);
    }
  }
  const seen = new Set<string>();
  const node = (row: Row): Node => {
    seen.add(row.id);
    const below = (children.get(row.id) ?? [])
      .filter(({ id }) => !seen.has(id))
      .sort((a, b) => (a.parent?.step ?? 0) - (b.parent?.step ?? 0) || a.started - b.started)
      .map(node);
    return { row, children: below, size: below.reduce((sum, { size }) => sum + size, 1) };
  };
  return roots.map(node);
}

/** Records can say anything, also that two runs began from each other. */
function rootOf(row: Row, all: ReadonlyMap<string, Row>): Row {
  const seen = new Set([row.id]);
  let at = row;
  for (;;) {
    const parent = at.parent === null ? undefined : all.get(at.parent.run);
    if (parent === undefined || seen.has(parent.id)) return at;
    seen.add(parent.id);
    at = parent;
  }
}
