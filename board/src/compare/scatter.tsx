import type { Row } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { numberOf, shownNumber } from "../format.js";
import { colorOf } from "../parts/colors.js";
import { scale } from "../parts/svg-chart.js";
import { placeOf } from "../selection.js";
import type { Column } from "../table-model.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [520, 280, 58, 38];

/** A dot for each run. */
export function Scatter({ rows, x, y }: { rows: readonly Row[]; x: Column; y: Column }) {
  const dots = rows.flatMap((row) => {
    const [a, b] = [numberOf(x.value(row)), numberOf(y.value(row))];
    return a === null || b === null || !Number.isFinite(a) || !Number.isFinite(b) ? [] : [{ row, a, b }];
  });
  if (dots.length === 0) return <p class="hint">No run says both.</p>;
  const across = axisOf(
    dots.map(({ a }) => a),
    LEFT + 8,
    WIDTH - 12,
  );
  const up = axisOf(
    dots.map(({ b }) => b),
    HEIGHT - BOTTOM - 8,
    12,
  );
  return (
    <svg
      class="scatter"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={`${y.id} by ${x.id} of ${dots.length} runs; the table above has the numbers`}
    >
      {up.ticks.map(({ value, at }) => (
        <g key={value}>
          <path class="grid" d={`M${LEFT} ${at}H${WIDTH - 6}`} />
          <text x={LEFT - 6} y={at + 4} text-anchor="end">
            {shownNumber(value)}
          </text>
        </g>
      ))}
      {across.ticks.map(({ value, at }) => (
        <text key={value} x={at} y={HEIGHT - BOTTOM + 16} text-anchor="middle">
          {shownNumber(value)}
        </text>
      ))}
      <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 4} text-anchor="middle" class="axis-name">
        {x.id}
      </text>
      {dots.map(({ row, a, b }) => (
        <a key={row.id} href={href({ view: "run", id: row.id })} aria-label={row.id}>
          <circle class="dot" cx={across.of(a)} cy={up.of(b)} r="5" style={{ fill: colorOf(placeOf(row.id)) }} />
          <title>{`${row.id}: ${shownNumber(a)}, ${shownNumber(b)}`}</title>
        </a>
      ))}
    </svg>
  );
}

function axisOf(values: readonly number[], start: number, end: number): ReturnType<typeof scale> {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return scale(low, high, low > 0 && high / low > 100, start, end);
}
