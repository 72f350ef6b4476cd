import type { Row, Table, Value } from "../../src/board/wire.js";
import { numberOf } from "./format.js";
import { orderedKeys } from "./keys.js";

/** A column of the table of runs. */
export interface Column {
  /** As in addresses and filters. */
  readonly id: string;
  readonly label: string;
  readonly kind: "run" | "setting" | "metric";
  readonly numeric: boolean;
  value(row: Row): Value;
}

const column = (id: string, label: string, numeric: boolean, value: (row: Row) => Value): Column => ({
  id,
  label,
  kind: "run",
  numeric,
  value,
});

const OWN: readonly Column[] = [
  column("state", "State", false, (row) => row.state),
  column("step", "Step", true, (row) => row.step),
  column("epoch", "Epoch", true, (row) => row.epoch),
  column("started", "Started", true, (row) => row.started),
  column("duration", "Took", true, (row) => Math.max(0, row.updated - row.started)),
  column("resumes", "Resumes", true, (row) => row.resumes),
  column("drifts", "Drifts", true, (row) => row.drifts),
  column("parent", "Parent", false, (row) => (row.parent === null ? null : row.parent.run)),
  column("seed", "Seed", true, (row) => row.seed),
  column("tags", "Tags", false, (row) => (row.tags.length === 0 ? null : row.tags.join(", "))),
];
/** Is always there, so it is not among those that can be hidden. */
export const NAME: Column = column("run", "Run", false, (row) => row.id);

/** Columns that are of use: those in which at least one run says something. */
export function columnsOf({ metrics, settings, rows }: Table): Column[] {
  const told = ({ value }: Column): boolean => rows.some((row) => !isEmpty(value(row)));
  const quiet = new Set(["resumes", "drifts", "seed"]);
  const own = OWN.filter((one) => (quiet.has(one.id) ? rows.some((row) => Number(one.value(row)) > 0) : told(one)));
  const of = (kind: "metric" | "setting", names: readonly string[], values: (row: Row) => readonly Value[]): Column[] =>
    names.map(
      (name, at): Column => ({
        id: name,
        label: name,
        kind,
        numeric: rows.some((row) => typeof values(row)[at] === "number"),
        value: (row) => values(row)[at] ?? null,
      }),
    );
  const ofMetrics = of("metric", metrics, (row) => row.last);
  const ordered = orderedKeys(metrics).map((key) => ofMetrics.find(({ id }) => id === key)!);
  return [
    ...own.slice(0, 1),
    ...ordered,
    ...own.slice(1),
    // What is the same in all runs tells nothing of any; a run's page has it.
    ...of("setting", settings, (row) => row.settings).filter((one) => rows.length === 1 || differs(one, rows)),
  ];
}

const differs = ({ value }: Column, rows: readonly Row[]): boolean => {
  const first = rows.length === 0 ? null : value(rows[0]!);
  return rows.some((row) => value(row) !== first);
};

const isEmpty = (value: Value): boolean => value === null || value === "";

type Test = (row: Row) => boolean;
const TERM = /(?:"([^"]*)"|([^\s:<>=!~"]+))(?:(<=|>=|!=|[:=<>~])(?:"([^"]*)"|(\S*)))?/g;

/**
 * A filter's text as a test of rows: words are looked for in name, tags and note; `loss<0.3`, `state:running`,
 * `optimizer!=adam`, `tag:best` ask a column. All terms must hold.
 */
export function filterOf(text: string, columns: readonly Column[]): { test: Test; unknown: readonly string[] } {
  const unknown: string[] = [];
  const tests = [...text.matchAll(TERM)].map((found): Test => {
    const word = (found[1] ?? found[2] ?? "").toLowerCase();
    const operator = found[3];
    if (operator === undefined) {
      return (row) => `${row.id} ${row.tags.join(" ")} ${row.note}`.toLowerCase().includes(word);
    }
    const wanted = (found[4] ?? found[5] ?? "").toLowerCase();
    if (word === "tag") return (row) => row.tags.some((tag) => compare(operator, tag, wanted));
    const asked = [NAME, ...columns].find(({ id }) => id.toLowerCase() === word);
    if (asked === undefined) unknown.push(word);
    return (row) => asked !== undefined && compare(operator, asked.value(row), wanted);
  });
  return { test: (row) => tests.every((test) => test(row)), unknown };
}

function compare(operator: string, value: Value, wanted: string): boolean {
  const text = String(value ?? "").toLowerCase();
  const left = numberOf(value);
  const right = Number(wanted);
  const numbers = left !== null && wanted !== "" && !Number.isNaN(right);
  switch (operator) {
    case ":":
    case "=":
      return numbers ? left === right : text === wanted;
    case "!=":
      return numbers ? left !== right : text !== wanted;
    case "~":
      return text.includes(wanted);
    case "<":
      return numbers && left < right;
    case "<=":
      return numbers && left <= right;
    case ">":
      return numbers && left > right;
    default:
      return numbers && left >= right;
  }
}

/** Sorts stably; what says nothing, and NaN, comes last either way. */
export function sorted(all: readonly Row[], sort: string, columns: readonly Column[]): Row[] {
  const down = sort.startsWith("-");
  const by = [NAME, ...columns].find(({ id }) => id === (down ? sort.slice(1) : sort));
  if (by === undefined) return [...all];
  const keyed = all.map((row) => {
    const value = by.value(row);
    return { row, value, number: numberOf(value), last: isEmpty(value) || value === "NaN" };
  });
  keyed.sort((a, b) => {
    const rest = Number(a.last) - Number(b.last);
    if (rest !== 0 || a.last) return rest || order(a.row.id, b.row.id);
    const way = a.number !== null && b.number !== null ? a.number - b.number : order(String(a.value), String(b.value));
    return (down ? -way : way) || order(a.row.id, b.row.id);
  });
  return keyed.map(({ row }) => row);
}

/** Texts as they are compared, for thousands of names: 9 before 10, whatever the case. */
const keys = new Map<string, string>();
function keyOf(text: string): string {
  let key = keys.get(text);
  if (key === undefined) {
    key = text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, "0"));
    keys.set(text, key);
  }
  return key;
}

function order(a: string, b: string): number {
  const [x, y] = [keyOf(a), keyOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A line of the table: a run, or the head of a group. */
export type Line =
  | { readonly kind: "run"; readonly row: Row }
  | { readonly kind: "group"; readonly label: string; readonly rows: readonly Row[] };

/** Rows in groups of one value of a column, groups in the order of their first rows. */
export function grouped(all: readonly Row[], by: Column | undefined, closed: ReadonlySet<string>): Line[] {
  if (by === undefined) return all.map((row) => ({ kind: "run", row }));
  const groups = new Map<string, Row[]>();
  for (const row of all) {
    const value = by.value(row);
    const label = isEmpty(value) ? "none" : String(value);
    const group = groups.get(label);
    if (group) group.push(row);
    else groups.set(label, [row]);
  }
  return [...groups].flatMap(([label, rows]): Line[] => [
    { kind: "group", label, rows },
    ...(closed.has(label) ? [] : rows.map((row): Line => ({ kind: "run", row }))),
  ]);
}
