import type { Row } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { plural, shownNumber } from "../format.js";
import { runs } from "../live.js";
import { State } from "../parts/state.js";
import { Toolbar } from "../runs/toolbar.js";
import { shownRows } from "../selection.js";
import { forest, type Node } from "./forest.js";
import { Tree } from "./tree.js";

/** Families of runs: who began from whom, and at which step. */
export function LineageView() {
  const rows = shownRows.value;
  const trees = forest(rows, runs.value?.byId ?? new Map());
  const families = trees.filter(({ children }) => children.length > 0);
  const alone = trees.length - families.length;
  return (
    <div class="page">
      <h1 class="unseen">Lineage</h1>
      <Toolbar table={false} />
      {families.length === 0 ? (
        <div class="empty">
          <h2>No run here began from another</h2>
          <p>Go on from any checkpoint with other settings:</p>
          <pre>
            <code>{`npx pawl fork runs/a@1200 runs/b`}</code>
          </pre>
        </div>
      ) : (
        families.map((tree) => <Family key={tree.row.id} tree={tree} />)
      )}
      {families.length > 0 && alone > 0 && <p class="hint">{plural(alone, "run has", "runs have")} no family.</p>}
    </div>
  );
}

function Family({ tree }: { tree: Node }) {
  return (
    <section class="family" aria-label={`Family of ${tree.row.id}`}>
      <h2>
        <a href={href({ view: "run", id: tree.row.id })}>{tree.row.id}</a>
        <small>{plural(tree.size, "run")}</small>
      </h2>
      <Tree tree={tree} />
      <details>
        <summary>The same as a list</summary>
        <List nodes={[tree]} />
      </details>
    </section>
  );
}

function List({ nodes }: { nodes: readonly Node[] }) {
  return (
    <ul class="tree-list">
      {nodes.map(({ row, children }) => (
        <li key={row.id}>
          <Line row={row} />
          {children.length > 0 && <List nodes={children} />}
        </li>
      ))}
    </ul>
  );
}

function Line({ row }: { row: Row }) {
  return (
    <>
      <a href={href({ view: "run", id: row.id })}>{row.id}</a> <State row={row} />
      {row.parent !== null && ` from step ${shownNumber(row.parent.step)}`}
      {row.resumes > 0 && `, ${plural(row.resumes, "resume")}`}
      {row.changes.length > 0 && <span class="faint"> {row.changes.slice(0, 3).join("; ")}</span>}
    </>
  );
}
