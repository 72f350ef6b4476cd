import { address, href } from "./address.js";
import { CompareView } from "./compare/compare-view.js";
import { shownFullTime } from "./format.js";
import { LineageView } from "./lineage/lineage-view.js";
import { connection, failure, runs } from "./live.js";
import { Dialogs } from "./parts/dialog.js";
import { RunView } from "./run/run-view.js";
import { RunsView } from "./runs/runs-view.js";
import { chosen } from "./selection.js";
import { saved } from "./server.js";
import { nextTheme, theme } from "./theme.js";

const VIEWS = { runs: RunsView, lineage: LineageView, compare: CompareView, run: RunView } as const;

const THEMES = { system: "Auto", light: "Light", dark: "Dark" } as const;

export function App() {
  const { view } = address.value;
  const View = VIEWS[view];
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        To the contents
      </button>
      <header class="top">
        <a class="brand" href={href({ view: "runs" })}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 13V9h3V5.5h3.5V2H14v11z" />
          </svg>
          Pawl
        </a>
        <nav aria-label="Views">
          <Tab view="runs" label="Runs" current={view === "runs" || view === "run"} />
          <Tab view="lineage" label="Lineage" current={view === "lineage"} />
          <Tab view="compare" label="Compare" count={chosen.value.length} current={view === "compare"} />
        </nav>
        <code class="folder" title="The folder on show">
          {runs.value?.table.folder ?? ""}
        </code>
        <Connection />
        <button type="button" class="quiet" onClick={nextTheme} aria-label={`${THEMES[theme.value]} colours: change`}>
          {THEMES[theme.value]}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        {runs.value === null ? <Waiting /> : <View key={view} />}
      </main>
      <Dialogs />
    </>
  );
}

/** A link to a place would change the part behind "#", which is the view. */
function skip(): void {
  document.getElementById("main")?.focus();
}

function Tab(props: { view: "runs" | "lineage" | "compare"; label: string; current: boolean; count?: number }) {
  return (
    <a href={href({ view: props.view, id: "" })} aria-current={props.current ? "page" : undefined}>
      {props.label}
      {props.count !== undefined && props.count > 0 && <small>{props.count}</small>}
    </a>
  );
}

function Connection() {
  if (saved !== null) return <span class="connection">Saved {shownFullTime(saved.time)}</span>;
  const words = { waiting: "Connecting", live: "Live", lost: "Reconnecting", saved: "" }[connection.value];
  return (
    <span class={`connection is-${connection.value}`} role="status">
      <i aria-hidden="true" />
      {words}
    </span>
  );
}

function Waiting() {
  if (failure.value === null) return <div class="empty" aria-busy="true" />;
  return (
    <div class="empty" role="alert">
      <h2>The board does not answer</h2>
      <p>{failure.value.message}</p>
    </div>
  );
}
