import { computed } from "@preact/signals";
import type { Row } from "../../src/board/wire.js";
import { address, go } from "./address.js";
import { rows, runs } from "./live.js";
import { type Column, columnsOf, filterOf, NAME, sorted } from "./table-model.js";

/** So many are on show before somebody chooses. */
const FIRST = 5;

export const columns = computed<readonly Column[]>(() => (runs.value === null ? [] : columnsOf(runs.value.table)));
export const shownColumns = computed(() => columns.value.filter(({ id }) => !address.value.hide.includes(id)));
export const filter = computed(() => filterOf(address.value.filter, columns.value));
/** What the filter leaves, in order. */
export const shownRows = computed<readonly Row[]>(() =>
  sorted(rows.value.filter(filter.value.test), address.value.sort, columns.value),
);
export const groupColumn = computed(() => [NAME, ...columns.value].find(({ id }) => id === address.value.group));

/** Ids of the chosen runs that are there, in the order of choosing. */
export const chosen = computed<readonly string[]>(() => {
  const { on } = address.value;
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
