import { address, go } from "../address.js";
import { plural } from "../format.js";
import { orderedKeys } from "../keys.js";
import { runs } from "../live.js";
import { Menu } from "../parts/menu.js";
import { CurveCard } from "./curve-card.js";

/** Curves of some runs: a chart for each key, and how they are drawn. */
export function CurvesPanel({ ids, known }: { ids: readonly string[]; known?: readonly string[] }) {
  const { keys, from, to, x } = address.value;
  const all = orderedKeys(known ?? keysOf(ids));
  const shown = keys === null ? all : all.filter((key) => keys.includes(key));
  if (ids.length === 0) {
    return (
      <div class="empty">
        <h2>No run is chosen</h2>
        <p>Tick runs in the table to see their curves.</p>
      </div>
    );
  }
  return (
    <>
      <CurveControls all={all} shown={shown} />
      {from !== null && to !== null && (
        <p class="hint">
          Part of the axis is on show.{" "}
          <button type="button" class="link" onClick={() => go({ from: null, to: null })}>
            All of it
          </button>{" "}
          (or a double click in a chart)
        </p>
      )}
      {all.length === 0 && <p class="hint">{plural(ids.length, "run has", "runs have")} no curves yet.</p>}
      <div class="cards">
        {shown.map((key) => (
          <CurveCard key={`${key} ${x}`} name={key} ids={ids} />
        ))}
      </div>
    </>
  );
}

/** Keys of which at least one of the runs has a value. */
function keysOf(ids: readonly string[]): string[] {
  const now = runs.value;
  if (now === null) return [];
  const rows = ids.flatMap((id) => now.byId.get(id) ?? []);
  return now.table.metrics.filter((_, at) => rows.some(({ last }) => (last[at] ?? null) !== null));
}

function CurveControls({ all, shown }: { all: readonly string[]; shown: readonly string[] }) {
  const { x, smooth, logX, logY } = address.value;
  return (
    <div class="toolbar">
      <fieldset class="switch">
        <legend class="unseen">Horizontal axis</legend>
        {(["step", "epoch", "time"] as const).map((axis) => (
          <label key={axis}>
            <input
              type="radio"
              name="axis"
              checked={x === axis}
              onChange={() => go({ x: axis, from: null, to: null })}
            />
            <span>{axis === "time" ? "Time" : axis === "epoch" ? "Epochs" : "Steps"}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Smooth</span>
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          value={smooth}
          aria-valuetext={smooth === 0 ? "none" : String(smooth)}
          onInput={(event) => go({ smooth: Number(event.currentTarget.value) })}
        />
        <output>{smooth === 0 ? "off" : smooth.toFixed(2)}</output>
      </label>
      <fieldset class="switch">
        <legend class="unseen">Logarithms</legend>
        <label>
          <input type="checkbox" checked={logX} onChange={() => go({ logX: !logX })} />
          <span>log x</span>
        </label>
        <label>
          <input type="checkbox" checked={logY} onChange={() => go({ logY: !logY })} />
          <span>log y</span>
        </label>
      </fieldset>
      <Menu label="Curves">
        <fieldset class="choices">
          <legend>Curves on show</legend>
          {all.map((key) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={shown.includes(key)}
                onChange={(event) => {
                  const next = event.currentTarget.checked ? [...shown, key] : shown.filter((one) => one !== key);
                  go({ keys: next.length === all.length ? null : next });
                }}
              />
              {key}
            </label>
          ))}
        </fieldset>
      </Menu>
    </div>
  );
}
