import { address } from "../address.js";
import { rows } from "../live.js";
import { chosen, filter, shownRows } from "../selection.js";
import { CurvesPanel } from "./curves-panel.js";
import { RunsTable } from "./runs-table.js";
import { Toolbar } from "./toolbar.js";

/** The table of all runs, and the curves of those that are chosen. */
export function RunsView() {
  if (rows.value.length === 0) return <NoRuns />;
  const { unknown } = filter.value;
  return (
    <div class="split">
      <section class="split-table" aria-label="Runs">
        <Toolbar />
        {unknown.length > 0 && (
          <p class="hint" role="status">
            No run says anything of {unknown.map((word) => `“${word}”`).join(", ")}. Write words of names and tags, or a
            column and a value: <code>loss&lt;0.3 state:running</code>
          </p>
        )}
        {shownRows.value.length === 0 ? (
          <div class="empty">
            <h2>No run fits the filter</h2>
            <p>
              <code>{address.value.filter}</code>
            </p>
          </div>
        ) : (
          <RunsTable />
        )}
      </section>
      <section class="split-curves" aria-label="Curves of the chosen runs">
        <CurvesPanel ids={chosen.value} />
      </section>
    </div>
  );
}

function NoRuns() {
  return (
    <div class="empty">
      <h2>No runs here yet</h2>
      <p>A training becomes a run by one option. It shows up on this page when it starts.</p>
      <pre>
        <code>{`await model.fit(x, y, { epochs: 5, run: "runs/first" });`}</code>
      </pre>
    </div>
  );
}
