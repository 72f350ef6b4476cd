import type { Row, Value } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { numberOf, plural, shownDuration, shownFullTime, shownNumber, shownTime, shownValue } from "../format.js";
import { colorOf } from "../parts/colors.js";
import { progressOf, State } from "../parts/state.js";
import { placeOf, toggle } from "../selection.js";
import type { Column } from "../table-model.js";
import type { ShownColumns } from "./window.js";

/** A run. */
export function RunLine({ row, shown, index }: { row: Row; shown: ShownColumns; index: number }) {
  const place = placeOf(row.id);
  const color = place < 0 ? undefined : colorOf(place);
  return (
    <tr aria-rowindex={index} data-on={place >= 0}>
      <td class="check">
        <label>
          <input
            type="checkbox"
            checked={place >= 0}
            aria-label={`Curves of ${row.id}`}
            style={{ accentColor: color ?? "" }}
            onChange={(event) => toggle([row.id], event.currentTarget.checked)}
          />
        </label>
      </td>
      <th scope="row" class="name">
        <a href={href({ view: "run", id: row.id })} title={row.note === "" ? row.id : `${row.id}\n${row.note}`}>
          {row.id}
        </a>
      </th>
      <Side width={shown.before} />
      {shown.columns.map((column, at) => (
        <td key={column.id} class={column.numeric ? "number" : "text"} aria-colindex={shown.first + at + 3}>
          <Cell row={row} column={column} />
        </td>
      ))}
      <Side width={shown.after} />
    </tr>
  );
}

/** The room of columns that are not made. */
export function Side({ width }: { width: number }) {
  return width === 0 ? null : <td class="side" aria-hidden="true" style={{ width: `${width}px` }} />;
}

function Cell({ row, column }: { row: Row; column: Column }) {
  switch (column.id) {
    case "state":
      return <State row={row} />;
    case "step":
      return <Step row={row} />;
    case "epoch":
      return <>{row.epoch === null ? "" : row.epochs === null ? row.epoch : `${row.epoch} / ${row.epochs}`}</>;
    case "started":
      return <time title={shownFullTime(row.started)}>{shownTime(row.started)}</time>;
    case "duration":
      return <>{row.started > 0 ? shownDuration(row.updated - row.started) : ""}</>;
    case "parent":
      return row.parent === null ? null : <span>{`${row.parent.run}@${row.parent.step}`}</span>;
    case "tags":
      return (
        <>
          {row.tags.map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </>
      );
    default: {
      const value = column.value(row);
      const bad = value === "NaN" || value === "Infinity" || value === "-Infinity";
      return (
        <span class={bad ? "bad" : undefined} title={typeof value === "string" ? value : undefined}>
          {shownValue(value)}
        </span>
      );
    }
  }
}

function Step({ row }: { row: Row }) {
  const progress = row.state === "running" ? progressOf(row) : null;
  return (
    <span class="step">
      {shownNumber(row.step)}
      {progress !== null && <progress value={progress} max={1} aria-label={`${Math.round(progress * 100)} % done`} />}
    </span>
  );
}

/** The head of a group: how many, and the middle of each number. */
export function GroupLine(props: {
  label: string;
  rows: readonly Row[];
  shown: ShownColumns;
  index: number;
  open: boolean;
  onToggle(): void;
}) {
  const { label, rows, shown, index, open, onToggle } = props;
  return (
    <tr class="group" aria-rowindex={index}>
      <td class="check">
        <input
          type="checkbox"
          aria-label={`Curves of all runs with ${label}`}
          checked={rows.every(({ id }) => placeOf(id) >= 0)}
          onChange={(event) =>
            toggle(
              rows.slice(0, 100).map(({ id }) => id),
              event.currentTarget.checked,
            )
          }
        />
      </td>
      <th scope="row" class="name">
        <button type="button" class="group-open" aria-expanded={open} onClick={onToggle}>
          <i class="caret" aria-hidden="true" />
          {label} <small>{plural(rows.length, "run")}</small>
        </button>
      </th>
      <Side width={shown.before} />
      {shown.columns.map((column, at) => (
        <td
          key={column.id}
          aria-colindex={shown.first + at + 3}
          class={column.numeric ? "number" : "text"}
          title={column.kind === "metric" ? "median" : undefined}
        >
          {column.kind === "metric" ? shownValue(median(rows.map((row) => column.value(row)))) : ""}
        </td>
      ))}
      <Side width={shown.after} />
    </tr>
  );
}

function median(values: readonly Value[]): number | null {
  const numbers = values.map(numberOf).filter((value): value is number => value !== null && !Number.isNaN(value));
  numbers.sort((a, b) => a - b);
  const half = numbers.length >> 1;
  if (numbers.length === 0) return null;
  return numbers.length % 2 === 1 ? numbers[half]! : (numbers[half - 1]! + numbers[half]!) / 2;
}
