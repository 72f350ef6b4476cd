import { useEffect, useState } from "preact/hooks";
import type { RunPage } from "../../../src/board/wire.js";
import { address, href } from "../address.js";
import { plural, shownDuration, shownFullTime, shownNumber } from "../format.js";
import { changes } from "../live.js";
import { progressOf, State } from "../parts/state.js";
import { CurvesPanel } from "../runs/curves-panel.js";
import { fetchRun, type Refused, saved } from "../server.js";
import { Actions } from "./actions.js";
import { Checkpoints } from "./checkpoints.js";
import { ConfigPart } from "./config-part.js";
import { Histograms } from "./histograms.js";
import { Log } from "./log.js";
import { ModelPart } from "./model-part.js";
import { Timeline } from "./timeline.js";

/** One run: how it stands, its curves, checkpoints, settings, model and record. */
export function RunView() {
  const { id } = address.value;
  const [page, setPage] = useState<RunPage | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const { count, ids } = changes.value;
  const concerned = page === null || page.row.id !== id || ids.has(id);
  const load = async (): Promise<void> => {
    try {
      setPage(await fetchRun(id));
      setFailure(null);
    } catch (error) {
      setFailure(error as Error);
    }
  };
  useEffect(() => {
    if (concerned) void load();
  }, [id, count]);
  if (failure !== null && (page === null || page.row.id !== id || (failure as Refused).code === "no-run")) {
    return (
      <div class="empty">
        <h2>{(failure as Refused).code === "no-run" ? "This run is not here" : "The run cannot be shown"}</h2>
        <p>{failure.message}</p>
        <p>
          <a href={href({ view: "runs" })}>All runs</a>
        </p>
      </div>
    );
  }
  if (page === null || page.row.id !== id) return <div class="empty" aria-busy="true" />;
  return <Page page={page} reload={load} />;
}

function Page({ page, reload }: { page: RunPage; reload: () => Promise<void> }) {
  const { row, config, keys, histograms } = page;
  return (
    <div class="page">
      <header class="page-head">
        <p class="crumb">
          <a href={href({ view: "runs" })}>Runs</a>
        </p>
        <h1>{row.id}</h1>
        <Facts page={page} />
        {row.tags.length > 0 && (
          <p>
            {row.tags.map((tag) => (
              <span key={tag} class="tag">
                {tag}
              </span>
            ))}
          </p>
        )}
        {row.note !== "" && <p class="note">{row.note}</p>}
        {row.why !== null && row.state !== "finished" && (
          <p class={row.state === "failed" ? "failure" : "hint"}>{row.why}</p>
        )}
        <Actions page={page} reload={reload} />
      </header>
      <Warnings page={page} />
      <section aria-label="Curves">
        <h2>Curves</h2>
        <CurvesPanel ids={[row.id]} known={keys} />
      </section>
      <div class="columns">
        <Checkpoints page={page} reload={reload} />
        <Timeline page={page} />
      </div>
      {histograms.length > 0 && saved === null && <Histograms id={row.id} paths={histograms} />}
      <div class="columns">
        <ConfigPart page={page} />
        {config !== null && <ModelPart model={config.model} />}
      </div>
      {saved === null && <Log id={row.id} />}
    </div>
  );
}

function Facts({ page: { row, path, skipped } }: { page: RunPage }) {
  const progress = progressOf(row);
  const of = row.steps === null ? "" : ` of ${shownNumber(row.steps)}`;
  return (
    <dl class="facts">
      <dt>State</dt>
      <dd>
        <State row={row} />
      </dd>
      <dt>Step</dt>
      <dd>
        {shownNumber(row.step)}
        {of}
        {progress !== null && row.state === "running" && ` (${Math.floor(progress * 100)} %)`}
      </dd>
      {row.epoch !== null && (
        <>
          <dt>Epoch</dt>
          <dd>{row.epochs === null ? row.epoch : `${row.epoch} of ${row.epochs}`}</dd>
        </>
      )}
      <dt>Started</dt>
      <dd>{shownFullTime(row.started)}</dd>
      <dt>Took</dt>
      <dd>{shownDuration(row.updated - row.started)}</dd>
      {row.seed !== null && (
        <>
          <dt>Seed</dt>
          <dd>{row.seed}</dd>
        </>
      )}
      <dt>Folder</dt>
      <dd>
        <code>{path}</code>
      </dd>
      {skipped > 0 && (
        <>
          <dt>Record</dt>
          <dd class="bad">{plural(skipped, "line")} could not be read</dd>
        </>
      )}
    </dl>
  );
}

function Warnings({ page: { warnings } }: { page: RunPage }) {
  if (warnings.length === 0) return null;
  return (
    <section aria-label="Warnings" class="warnings">
      <h2>{plural(warnings.length, "warning")}</h2>
      <ul>
        {warnings.slice(-20).map((event) => (
          <li key={`${event.time} ${event.step}`}>
            <b>step {shownNumber(event.step)}</b>{" "}
            {event.event === "warning"
              ? event.text
              : event.event === "drift"
                ? `Drift: ${event.key} was ${event.before} and is now ${event.now} when computed again (${event.point})`
                : ""}
          </li>
        ))}
      </ul>
    </section>
  );
}
