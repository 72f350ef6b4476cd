import { computed, signal } from "@preact/signals";
import type { Row, Table, TableChange } from "../../src/board/wire.js";
import { fetchTable, saved, token } from "./server.js";

export interface Runs {
  readonly table: Table;
  readonly byId: ReadonlyMap<string, Row>;
}

/** All runs; null until the first answer. */
export const runs = signal<Runs | null>(null);
/** Counts up with each change of a run. */
export const changes = signal<{ readonly count: number; readonly ids: ReadonlySet<string> }>({
  count: 0,
  ids: new Set(),
});
export const connection = signal<"waiting" | "live" | "lost" | "saved">(saved === null ? "waiting" : "saved");
export const failure = signal<Error | null>(null);

export const rows = computed<readonly Row[]>(() => runs.value?.table.rows ?? []);

const indexed = (table: Table): Runs => ({ table, byId: new Map(table.rows.map((row) => [row.id, row])) });

function apply(change: TableChange): void {
  const before = runs.value;
  if (before === null || change.session !== before.table.session) return;
  const byId = new Map(before.byId);
  for (const id of change.gone) byId.delete(id);
  for (const row of change.rows) byId.set(row.id, row);
  runs.value = { table: { ...change, rows: [...byId.values()] }, byId };
  changes.value = { count: changes.value.count + 1, ids: new Set(change.rows.map(({ id }) => id)) };
}

/** Gets all runs, and then each change as it comes. The browser asks again from the last change after a break. */
export async function follow(): Promise<void> {
  try {
    const table = await fetchTable();
    runs.value = indexed(table);
    failure.value = null;
    if (saved === null) listen(table);
  } catch (error) {
    failure.value = error as Error;
    setTimeout(follow, 2000);
  }
}

function listen(table: Table): void {
  const query = new URLSearchParams({ since: `${table.session}.${table.revision}` });
  if (token.value !== null) query.set("token", token.value);
  const source = new EventSource(`/api/events?${query}`);
  source.onopen = () => {
    connection.value = "live";
  };
  source.onerror = () => {
    connection.value = "lost";
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(follow, 2000);
  };
  source.addEventListener("runs", ({ data }) => apply(JSON.parse(data) as TableChange));
  // Another server answers now: what is here may be of another folder.
  source.addEventListener("anew", () => {
    source.close();
    void follow();
  });
}
