import type { XAxis } from "../../src/board/wire.js";

/** What is on show, all of it: whoever is given the address sees the same. */
export interface Address {
  readonly view: "runs" | "lineage" | "compare" | "run";
  /** The run of a run's page. */
  readonly id: string;
  /** The filter's text. */
  readonly filter: string;
  /** A column, "-" before it for descending. */
  readonly sort: string;
  /** A column to group by; "" for none. */
  readonly group: string;
  /** Columns that are hidden. */
  readonly hide: readonly string[];
  /** Runs that are chosen, in order; null: the first few of the table. */
  readonly on: readonly string[] | null;
  readonly x: XAxis;
  /** Part of the axis on show. */
  readonly from: number | null;
  readonly to: number | null;
  /** Weight of what was before, 0 to 0.99. */
  readonly smooth: number;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Keys of curves on show; null: all. */
  readonly keys: readonly string[] | null;
  /** Axes of the scatter: x, y. */
  readonly axes: readonly string[];
}

export const START: Address = {
  view: "runs",
  id: "",
  filter: "",
  sort: "-started",
  group: "",
  hide: [],
  on: null,
  x: "step",
  from: null,
  to: null,
  smooth: 0,
  logX: false,
  logY: false,
  keys: null,
  axes: [],
};

const number = (text: string | null): number | null => {
  const value = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};

function list(query: URLSearchParams, name: string): string[] | null {
  const all = query.getAll(name);
  return all.length === 0 ? null : all.filter((text) => text !== "");
}

/** Reads an address from the part behind "#"; what it does not know is left out. */
export function parseAddress(hash: string): Address {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const [view = "", ...id] = path.split("/");
  const x = query.get("x");
  return {
    view: view === "lineage" || view === "compare" || view === "run" ? view : "runs",
    id: decode(id.join("/")),
    filter: query.get("filter") ?? "",
    sort: query.get("sort") ?? START.sort,
    group: query.get("group") ?? "",
    hide: list(query, "hide") ?? [],
    on: list(query, "on"),
    x: x === "epoch" || x === "time" ? x : "step",
    from: number(query.get("from")),
    to: number(query.get("to")),
    smooth: Math.min(0.99, Math.max(0, number(query.get("smooth")) ?? 0)),
    logX: query.get("log")?.includes("x") ?? false,
    logY: query.get("log")?.includes("y") ?? false,
    keys: list(query, "key"),
    axes: list(query, "axis") ?? [],
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address as text; what is as at the start is left out. */
export function addressText(a: Address): string {
  const query = new URLSearchParams();
  const add = (name: string, value: string, start = ""): void => {
    if (value !== start) query.append(name, value);
  };
  const addAll = (name: string, values: readonly string[] | null): void => {
    if (values === null) return;
    for (const value of values.length === 0 ? [""] : values) query.append(name, value);
  };
  add("filter", a.filter);
  add("sort", a.sort, START.sort);
  add("group", a.group);
  if (a.hide.length > 0) addAll("hide", a.hide);
  addAll("on", a.on);
  add("x", a.x, START.x);
  add("from", a.from === null ? "" : String(a.from));
  add("to", a.to === null ? "" : String(a.to));
  add("smooth", String(a.smooth), "0");
  add("log", `${a.logX ? "x" : ""}${a.logY ? "y" : ""}`);
  addAll("key", a.keys);
  if (a.axes.length > 0) addAll("axis", a.axes);
  const id = a.view === "run" ? `/${encodeURIComponent(a.id).replaceAll("%2F", "/")}` : "";
  const search = query.toString();
  return `#/${a.view}${id}${search === "" ? "" : `?${search}`}`;
}
