import { computed, signal } from "@preact/signals";
import type { Row } from "../../src/board/wire.js";
import { address, go } from "./address.js";
import { rows, runs } from "./live.js";
import { type Column, columnsOf, filterOf, grouped, type Line, NAME, sorted } from "./table-model.js";

/** So many are on show before somebody chooses. */
const FIRST = 5;

export const columns = computed<readonly Column[]>(() => (runs.value === null ? [] : columnsOf(runs.value.table)));
const hidden = computed(() => address.value.hide.join("\n"));
export const shownColumns = computed(() => {
  const hide = new Set(hidden.value.split("\n"));
  return columns.value.filter(({ id }) => !hide.has(id));
});
const filterText = computed(() => address.value.filter);
/** See {@link Address.sort}. */
export const order = computed(() => address.value.sort);
export const filter = computed(() => filterOf(filterText.value, columns.value));
const filteredRows = computed(() => rows.value.filter(filter.value.test));
/** What the filter leaves, in order. */
export const shownRows = computed<readonly Row[]>(() => sorted(filteredRows.value, order.value, columns.value));
const group = computed(() => address.value.group);
const groupColumn = computed(() => [NAME, ...columns.value].find(({ id }) => id === group.value));

/** Groups that are closed. */
export const closed = signal<ReadonlySet<string>>(new Set());
export const lines = computed<readonly Line[]>(() => grouped(shownRows.value, groupColumn.value, closed.value));

const ticked = computed(() => address.value.on);
/** Ids of the chosen runs that are there, in the order of choosing. */
export const chosen = computed<readonly string[]>(() => {
  const on = ticked.value;
  if (on === null) return shownRows.value.slice(0, FIRST).map(({ id }) => id);
  return on.filter((id) => runs.value?.byId.has(id));
});
export const chosenRows = computed<readonly Row[]>(() => chosen.value.flatMap((id) => runs.value?.byId.get(id) ?? []));
const places = computed(() => new Map(chosen.value.map((id, place) => [id, place])));
/** Its place among the chosen, which decides its colour; -1 when it is not chosen. */
export const placeOf = (id: string): number => places.value.get(id) ?? -1;

export function toggle(ids: readonly string[], on: boolean): void {
  const now = new Set(chosen.value);
  for (const id of ids) {
    if (on) now.add(id);
    else now.delete(id);
  }
  go({ on: [...now] });
}
