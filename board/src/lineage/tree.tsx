import { useEffect, useRef, useState } from "preact/hooks";
import { href } from "../address.js";
import { plural, shownNumber } from "../format.js";
import { colorOf } from "../parts/colors.js";
import { placeOf } from "../selection.js";
import type { Node } from "./forest.js";

const [LINE, TOP, RIGHT] = [34, 14, 24];

interface Lane {
  readonly node: Node;
  readonly y: number;
  readonly parentY: number | null;
}

/** Each run is a line from the step at which it begins to the last that it has done. */
export function Tree({ tree }: { tree: Node }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const watch = new ResizeObserver(() => setWidth(Math.max(320, box.current?.clientWidth ?? 900)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const lanes = lanesOf(tree);
  const most = Math.max(1, ...lanes.map(({ node }) => Math.max(node.row.step, node.row.parent?.step ?? 0)));
  const names = Math.min(260, width * 0.36);
  const x = (step: number): number => 8 + (step / most) * (width - names - RIGHT - 8);
  const height = TOP + lanes.length * LINE + 20;
  return (
    <div ref={box} class="tree">
      <svg
        width={width}
        height={height}
        role="group"
        aria-label={`${plural(lanes.length, "run")} over ${shownNumber(most)} steps`}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <g key={part}>
            <path class="grid" d={`M${x(most * part)} 4V${height - 18}`} />
            <text x={x(most * part)} y={height - 4} text-anchor={part === 0 ? "start" : "middle"}>
              {shownNumber(Math.round(most * part))}
            </text>
          </g>
        ))}
        {lanes.map((lane) => (
          <LaneLine key={lane.node.row.id} lane={lane} x={x} end={width - names - RIGHT} />
        ))}
      </svg>
    </div>
  );
}

function LaneLine({ lane: { node, y, parentY }, x, end }: { lane: Lane; x: (step: number) => number; end: number }) {
  const { row } = node;
  const from = row.parent?.step ?? 0;
  const [a, b] = [x(from), Math.max(x(from) + 2, x(row.step))];
  const place = placeOf(row.id);
  const stroke = place >= 0 ? colorOf(place) : "var(--text-3)";
  const detail = [
    row.parent === null ? "" : `from ${row.parent.run} at step ${shownNumber(row.parent.step)}`,
    row.state,
    ...row.changes,
  ].filter((text) => text !== "");
  return (
    <g>
      {parentY !== null && (
        <path class="fork" style={{ stroke }} d={`M${a} ${parentY}C${a} ${y} ${a} ${y} ${Math.min(a + 10, b)} ${y}`} />
      )}
      <path class="lane" style={{ stroke }} d={`M${parentY === null ? a : Math.min(a + 10, b)} ${y}H${b}`} />
      {parentY !== null && (
        <circle cx={a} cy={parentY} r="4" class="fork-mark">
          <title>{`Fork at step ${shownNumber(from)}: ${row.changes.join("; ")}`}</title>
        </circle>
      )}
      <circle
        cx={b}
        cy={y}
        r={row.state === "running" ? 5 : 3.5}
        class={`end state-fill-${row.state}`}
        style={{ stroke }}
      />
      {row.resumedAt
        .filter((step) => step > from && step <= row.step)
        .map((step) => (
          <path key={step} class="resume-mark" d={`M${x(step)} ${y - 5}V${y + 5}`}>
            <title>{`Went on from step ${shownNumber(step)}`}</title>
          </path>
        ))}
      {b < end - 4 && <path class="leader" d={`M${b + 8} ${y}H${end + 4}`} />}
      <g>
        <title>{detail.join("\n")}</title>
        <a href={href({ view: "run", id: row.id })} aria-label={`${row.id}, ${detail.join(", ")}`}>
          <text x={end + 12} y={y - 1} class="lane-name">
            {row.id.length > 34 ? `…${row.id.slice(-33)}` : row.id}
          </text>
        </a>
        <text x={end + 12} y={y + 11} class="faint">
          {[row.changes[0] ?? row.state, row.resumes > 0 ? plural(row.resumes, "resume") : ""]
            .filter((text) => text !== "")
            .map((text) => (text.length > 34 ? `${text.slice(0, 33)}…` : text))
            .join(" · ")}
        </text>
      </g>
    </g>
  );
}

/** The nearest child of a run right below it, so that lines cross little. */
function lanesOf(tree: Node): Lane[] {
  const out: Lane[] = [];
  const walk = (node: Node, parentY: number | null): void => {
    const y = TOP + 6 + out.length * LINE;
    out.push({ node, y, parentY });
    for (const child of [...node.children].reverse()) walk(child, y);
  };
  walk(tree, null);
  return out;
}
