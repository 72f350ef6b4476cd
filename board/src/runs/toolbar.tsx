import { address, go } from "../address.js";
import { plural, shownNumber } from "../format.js";
import { rows } from "../live.js";
import { Menu } from "../parts/menu.js";
import { chosen, columns, shownRows } from "../selection.js";
import { RunsExport } from "./runs-export.js";

/** Filter and export of runs; for the table also its groups and columns. */
export function Toolbar({ table = true }: { table?: boolean }) {
  const { filter, group, hide } = address.value;
  const shown = shownRows.value.length;
  const all = rows.value.length;
  return (
    <div class="toolbar">
      <input
        type="search"
        class="filter"
        placeholder="Filter: words, loss<0.3, state:running, tag:best"
        aria-label="Filter runs"
        value={filter}
        onInput={(event) => go({ filter: event.currentTarget.value })}
      />
      <span class="count" role="status">
        {shown === all ? plural(all, "run") : `${shownNumber(shown)} of ${plural(all, "run")}`}
        {`, ${chosen.value.length} chosen`}
      </span>
      {table && (
        <>
          <label class="field">
            <span>Group</span>
            <select value={group} onChange={(event) => go({ group: event.currentTarget.value })}>
              <option value="">none</option>
              {columns.value
                .filter(({ kind, id }) => kind === "setting" || ["state", "parent", "tags", "seed"].includes(id))
                .map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
            </select>
          </label>
          <Menu label="Columns">
            <fieldset class="choices">
              <legend>Columns on show</legend>
              {columns.value.map(({ id, label }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={!hide.includes(id)}
                    onChange={(event) =>
                      go({ hide: event.currentTarget.checked ? hide.filter((one) => one !== id) : [...hide, id] })
                    }
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          </Menu>
        </>
      )}
      <RunsExport />
    </div>
  );
}
