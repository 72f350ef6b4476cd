import type { Row } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { numberOf, plural, shownValue } from "../format.js";
import { colorOf } from "../parts/colors.js";
import { State } from "../parts/state.js";
import { columns, placeOf } from "../selection.js";
import type { Column } from "../table-model.js";
import { varying } from "./varying.js";

/** More runs make no table that one can read. */
const MOST = 12;

/** A line for each setting and result, those that differ first. */
export function Differences({ rows }: { rows: readonly Row[] }) {
  const shown = rows.slice(0, MOST);
  const settings = columns.value.filter(({ kind, id }) => kind === "setting" || id === "seed");
  const metrics = columns.value.filter(
    ({ kind, value }) => kind === "metric" && shown.some((row) => value(row) !== null),
  );
  const forks = shown.some(({ parent }) => parent !== null);
  const differ = varying(shown, settings);
  const same = settings.filter((column) => !differ.includes(column));
  return (
    <section aria-label="Differences">
      <h2>Differences</h2>
      {rows.length > MOST && (
        <p class="hint">
          The first {MOST} of {rows.length} chosen runs.
        </p>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of differences">
        <table class="plain compare">
          <thead>
            <tr>
              <td />
              {shown.map((row) => (
                <th key={row.id} scope="col">
                  <i class="swatch" style={{ background: colorOf(placeOf(row.id)) }} aria-hidden="true" />{" "}
                  <a href={href({ view: "run", id: row.id })}>{row.id}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Head
              label={differ.length === 0 ? "No setting differs" : "Settings that differ"}
              width={shown.length + 1}
            />
            {differ.map((column) => (
              <Line key={column.id} column={column} rows={shown} />
            ))}
            <Head label="Where they stand" width={shown.length + 1} />
            <tr>
              <th scope="row">state</th>
              {shown.map((row) => (
                <td key={row.id}>
                  <State row={row} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">step</th>
              {shown.map((row) => (
                <td key={row.id} class="number">
                  {shownValue(row.step)}
                </td>
              ))}
            </tr>
            {forks && (
              <tr>
                <th scope="row">parent</th>
                {shown.map((row) => (
                  <td key={row.id}>{row.parent === null ? "" : `${row.parent.run}@${row.parent.step}`}</td>
                ))}
              </tr>
            )}
            <Head label="Last values" width={shown.length + 1} />
            {metrics.map((column) => (
              <Line key={column.id} column={column} rows={shown} best />
            ))}
          </tbody>
        </table>
      </div>
      {same.length > 0 && (
        <details>
          <summary>{plural(same.length, "setting is", "settings are")} the same</summary>
          <table class="plain pairs">
            <tbody>
              {same.map((column) => (
                <tr key={column.id}>
                  <th scope="row">{column.label}</th>
                  <td>{shownValue(column.value(shown[0]!))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

function Head({ label, width }: { label: string; width: number }) {
  return (
    <tr class="section">
      <th scope="colgroup" colSpan={width}>
        {label}
      </th>
    </tr>
  );
}

function Line({ column, rows, best = false }: { column: Column; rows: readonly Row[]; best?: boolean }) {
  const values = rows.map((row) => column.value(row));
  const numbers = values.map(numberOf);
  const known = numbers.filter((value): value is number => value !== null && Number.isFinite(value));
  // Of losses and errors the lowest is best; of what else there is, nobody said so.
  const top = best && known.length > 1 && /loss|error|mae|mse/.test(column.id) ? Math.min(...known) : null;
  return (
    <tr>
      <th scope="row">{column.label}</th>
      {rows.map((row, at) => (
        <td
          key={row.id}
          class={`${column.numeric ? "number" : ""}${top !== null && numbers[at] === top ? " best" : ""}`}
        >
          {shownValue(values[at])}
        </td>
      ))}
    </tr>
  );
}
