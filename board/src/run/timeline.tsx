import type { RunPage } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { shownDuration, shownNumber, shownTime } from "../format.js";
import { runs } from "../live.js";

/** The lives of a run's processes: where each began, how far it came, why it ended. */
export function Timeline({ page }: { page: RunPage }) {
  const { starts, stops, row, forks } = page;
  return (
    <section aria-label="Processes">
      <h2>Processes</h2>
      <ol class="lives">
        {starts.map((start, at) => {
          const next = starts[at + 1];
          const stop = stops
            .filter(({ time }) => time >= start.time && (next === undefined || time <= next.time))
            .at(-1);
          const live = next === undefined && row.state === "running";
          const end = stop?.time ?? (next === undefined ? row.updated : null);
          return (
            <li key={`${start.time} ${start.step}`} data-live={live}>
              <p>
                <b>
                  {start.resumes ? `Goes on from step ${shownNumber(start.step)}` : "Begins"}
                  {start.turnsBack && ", turns back"}
                </b>
                <span class="faint">
                  {" "}
                  {shownTime(start.time)}
                  {end !== null && end > start.time && `, ${shownDuration(end - start.time)}`}
                </span>
              </p>
              {start.parent !== null && (
                <p>
                  Fork of <RunLink id={row.parent?.here ? row.parent.run : null} name={start.parent.run} /> at step{" "}
                  {shownNumber(start.parent.step)}
                </p>
              )}
              {start.changes.length > 0 && (
                <ul class="changes">
                  {start.changes.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
              <p class="faint">
                {machineText(start.machine)}
                {start.program.git !== null &&
                  `, git ${start.program.git.commit.slice(0, 8)}${start.program.git.changed ? " with changes" : ""}`}
              </p>
              <p>
                {live
                  ? "Running"
                  : stop === undefined
                    ? "Ended without a word (killed, or the machine stopped)"
                    : endText(stop.why, stop.by)}
              </p>
            </li>
          );
        })}
      </ol>
      {forks.length > 0 && (
        <>
          <h3>Forks</h3>
          <ul class="changes">
            {forks.map(({ step, child, time }) => (
              <li key={`${child} ${time}`}>
                step {shownNumber(step)}: <RunLink id={childId(child)} name={child} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function RunLink({ id, name }: { id: string | null; name: string }) {
  return id === null ? <code>{name}</code> : <a href={href({ view: "run", id })}>{id}</a>;
}

/** The run on this board whose path ends a child's, if there is one. */
function childId(path: string): string | null {
  const all = runs.value?.byId;
  if (all === undefined) return null;
  const parts = path.split(/[\\/]/);
  for (let at = 0; at < parts.length; at++) {
    const id = parts.slice(at).join("/");
    if (all.has(id)) return id;
  }
  return null;
}

function machineText(machine: RunPage["starts"][number]["machine"]): string {
  return Object.entries(machine)
    .slice(0, 6)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
}

const ENDS = {
  finished: "Finished",
  callback: "Ended by a callback",
  signal: "Stopped by a signal",
  request: "Stopped on request",
  error: "Failed",
  closed: "Closed",
} as const;

const endText = (why: keyof typeof ENDS, by: string | null): string =>
  by === null ? ENDS[why] : `${ENDS[why]}: ${by}`;
