import { address, go, href } from "../address.js";
import { chosenRows, columns } from "../selection.js";
import { Differences } from "./differences.js";
import { Parallel } from "./parallel.js";
import { Scatter } from "./scatter.js";
import { varying } from "./varying.js";

/** The chosen runs side by side: first what differs, then how settings and results go together. */
export function CompareView() {
  const rows = chosenRows.value;
  if (rows.length < 2) {
    return (
      <div class="empty">
        <h2>Choose at least two runs</h2>
        <p>
          Tick them in the <a href={href({ view: "runs" })}>table of runs</a>, then come back.
        </p>
      </div>
    );
  }
  const all = columns.value.filter(({ kind }) => kind !== "run");
  const numeric = varying(
    rows,
    all.filter(({ numeric: isNumeric }) => isNumeric),
  );
  const metric = numeric.filter(({ kind }) => kind === "metric");
  const [x, y] = axesOf(
    address.value.axes,
    numeric.map(({ id }) => id),
    metric.map(({ id }) => id),
  );
  return (
    <div class="page">
      <h1 class="unseen">Comparison</h1>
      <Differences rows={rows} />
      {rows.length > 2 && numeric.length > 1 && (
        <div class="columns">
          <section aria-label="Parallel coordinates">
            <h2>Settings and results</h2>
            <Parallel rows={rows} columns={numeric} color={y} />
          </section>
          <section aria-label="Scatter">
            <h2>Scatter</h2>
            <div class="toolbar">
              <Axis
                label="Across"
                value={x}
                all={numeric.map(({ id }) => id)}
                set={(next) => go({ axes: [next, y] })}
              />
              <Axis label="Up" value={y} all={numeric.map(({ id }) => id)} set={(next) => go({ axes: [x, next] })} />
            </div>
            <Scatter rows={rows} x={numeric.find(({ id }) => id === x)!} y={numeric.find(({ id }) => id === y)!} />
          </section>
        </div>
      )}
    </div>
  );
}

function Axis(props: { label: string; value: string; all: readonly string[]; set(value: string): void }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.set(event.currentTarget.value)}>
        {props.all.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </select>
    </label>
  );
}

/** What the address asks for, if it is there; else the first setting against the loss. */
function axesOf(asked: readonly string[], all: readonly string[], metrics: readonly string[]): [string, string] {
  const has = (id: string | undefined): id is string => id !== undefined && all.includes(id);
  const up = ["val_loss", "loss", metrics[0], all[0]].find(has) ?? all[0]!;
  const across = all.find((id) => !metrics.includes(id)) ?? all.find((id) => id !== up) ?? up;
  return [has(asked[0]) ? asked[0] : across, has(asked[1]) ? asked[1] : up];
}
