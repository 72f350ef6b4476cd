import { useRef } from "preact/hooks";
import { go } from "../address.js";
import { chosen, closed, lines, order, shownColumns, shownRows, toggle } from "../selection.js";
import { type Column, NAME } from "../table-model.js";
import { GroupLine, RunLine, Side } from "./lines.js";
import { columnsIn, LINE, linesIn, useView } from "./window.js";

/** All runs that the filter leaves. Only the cells that are seen exist, so their number costs nothing. */
export function RunsTable() {
  const box = useRef<HTMLDivElement>(null);
  const [view, follow] = useView(box);
  const all = lines.value;
  const [first, end] = linesIn(view, all.length);
  const now = columnsIn(view, shownColumns.value);
  // The same columns are the same object, so that lines that stay are not made again.
  const last = useRef(now);
  const isSame = now.first === last.current.first && now.columns.every((one, i) => one === last.current.columns[i]);
  if (!isSame || now.columns.length !== last.current.columns.length) last.current = now;
  const shown = last.current;
  const close = (label: string): void => {
    const next = new Set(closed.value);
    if (!next.delete(label)) next.add(label);
    closed.value = next;
  };
  return (
    <div
      class="table-box"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label="Table of runs"
      onScroll={follow}
      onKeyDown={moveFocus}
    >
      <table class="runs" aria-rowcount={all.length + 1} aria-colcount={shownColumns.value.length + 2}>
        <thead>
          <tr aria-rowindex={1}>
            <th class="check" scope="col">
              <AllBox />
            </th>
            <Head column={NAME} index={2} />
            <Side width={shown.before} />
            {shown.columns.map((column, at) => (
              <Head key={column.id} column={column} index={shown.first + at + 3} />
            ))}
            <Side width={shown.after} />
          </tr>
        </thead>
        <tbody>
          <Gap count={first} />
          {all
            .slice(first, end)
            .map((line, at) =>
              line.kind === "run" ? (
                <RunLine key={line.row.id} row={line.row} shown={shown} index={first + at + 2} />
              ) : (
                <GroupLine
                  key={`group ${line.label}`}
                  label={line.label}
                  rows={line.rows}
                  shown={shown}
                  index={first + at + 2}
                  open={!closed.value.has(line.label)}
                  onToggle={() => close(line.label)}
                />
              ),
            )}
          <Gap count={all.length - end} />
        </tbody>
      </table>
    </div>
  );
}

/** The place of lines that are not made. */
function Gap({ count }: { count: number }) {
  return count <= 0 ? null : (
    <tr style={{ height: `${count * LINE}px` }}>
      <td />
    </tr>
  );
}

function AllBox() {
  const all = shownRows.value;
  const on = new Set(chosen.value);
  // More would only be a cloud, and slow.
  const reach = all.slice(0, 100).map(({ id }) => id);
  const every = reach.length > 0 && reach.every((id) => on.has(id));
  const label = all.length > 100 ? "Choose the first 100 runs" : "Choose all runs";
  return (
    <input type="checkbox" aria-label={label} title={label} checked={every} onChange={() => toggle(reach, !every)} />
  );
}

function Head({ column: { id, label, numeric }, index }: { column: Column; index: number }) {
  const sort = order.value;
  const way = sort === id ? "ascending" : sort === `-${id}` ? "descending" : "none";
  return (
    <th scope="col" aria-sort={way} aria-colindex={index} class={id === "run" ? "name" : numeric ? "number" : "text"}>
      <button
        type="button"
        title={label}
        onClick={() => go({ sort: sort === `-${id}` || (sort !== id && !numeric) ? id : `-${id}` })}
      >
        {label}
      </button>
    </th>
  );
}

/** Arrows go from line to line. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const from = (event.target as HTMLElement).closest<HTMLElement>("tr[aria-rowindex]");
  if (from === null) return;
  const next = event.key === "ArrowDown" ? from.nextElementSibling : from.previousElementSibling;
  const target = next?.querySelector<HTMLElement>("a, .group-open");
  if (!target) return;
  event.preventDefault();
  target.focus({ preventScroll: false });
  target.scrollIntoView({ block: "nearest" });
}
