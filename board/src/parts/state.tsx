import type { Row, RunState } from "../../../src/board/wire.js";

const WORDS: { readonly [S in RunState]: string } = {
  running: "running",
  finished: "finished",
  stopped: "stopped",
  failed: "failed",
  unfinished: "unfinished",
  unreadable: "unreadable",
};

/** How a run stands, by shape and word, not by colour alone. */
export function State({ row }: { row: Row }) {
  return (
    <span class={`state state-${row.state}`} title={row.why ?? undefined}>
      <i aria-hidden="true" />
      {WORDS[row.state]}
    </span>
  );
}

/** How far a run is; nothing where its end is unknown. */
export function progressOf({ step, steps, epoch, epochs }: Row): number | null {
  if (steps !== null && steps > 0) return Math.min(1, step / steps);
  return epochs !== null && epoch !== null && epochs > 0 ? Math.min(1, epoch / epochs) : null;
}
