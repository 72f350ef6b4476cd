import type { Row } from "../../../src/board/wire.js";
import { href } from "../address.js";
import { numberOf, shownNumber } from "../format.js";
import type { Column } from "../table-model.js";
import { shade } from "./shade.js";

const [HEIGHT, TOP, BOTTOM, GAP] = [280, 34, 22, 150];
/** More axes than this are no picture. */
const MOST_AXES = 9;
const MOST_LINES = 500;

/** A line for each run across an axis for each setting and result; its shade says how the last one came out. */
export function Parallel({
  rows,
  columns,
  color,
}: {
  rows: readonly Row[];
  columns: readonly Column[];
  color: string;
}) {
  const settings = columns.filter(({ kind }) => kind === "setting");
  const others = settings.length > 0 ? settings : columns.filter(({ kind }) => kind === "metric");
  const last = columns.find(({ id }) => id === color)!;
  const axes = others
    .filter((one) => one !== last)
    .slice(0, MOST_AXES - 1)
    .concat(last);
  const scales = axes.map((column) => axisOf(rows, column));
  const width = GAP * (axes.length - 1) + 120;
  const x = (at: number): number => 60 + at * GAP;
  const tone = scales.at(-1)!;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Parallel coordinates">
      <svg
        width={width}
        height={HEIGHT}
        role="group"
        aria-label={`${rows.length} runs across ${axes.map(({ id }) => id).join(", ")}; the table above has the numbers`}
      >
        {rows.slice(0, MOST_LINES).map((row) => {
          const points = axes.flatMap((column, at) => {
            const value = numberOf(column.value(row));
            return value === null || !Number.isFinite(value) ? [] : [`${x(at)} ${scales[at]!.y(value).toFixed(1)}`];
          });
          const value = numberOf(last.value(row));
          return (
            <a key={row.id} href={href({ view: "run", id: row.id })} aria-label={row.id}>
              <path
                class="strand"
                d={`M${points.join("L")}`}
                style={{ stroke: value === null ? "var(--text-3)" : shade(tone.share(value)) }}
              />
              <title>{row.id}</title>
            </a>
          );
        })}
        {axes.map((column, at) => (
          <g key={column.id}>
            <path class="axis" d={`M${x(at)} ${TOP}V${HEIGHT - BOTTOM}`} />
            <text x={x(at)} y={14} text-anchor="middle" class="axis-name">
              {short(column.id)}
              <title>{column.id}</title>
            </text>
            <text x={x(at)} y={28} text-anchor="middle" class="faint">
              {shownNumber(scales[at]!.high)}
            </text>
            <text x={x(at)} y={HEIGHT - 6} text-anchor="middle" class="faint">
              {shownNumber(scales[at]!.low)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

const short = (text: string): string => {
  const end = text.split(".").at(-1)!;
  return end.length > 17 ? `${end.slice(0, 16)}…` : end;
};

/** Values over three powers of ten, as learning rates have, go by their logarithms. */
function axisOf(rows: readonly Row[], column: Column) {
  const values = rows
    .map((row) => numberOf(column.value(row)))
    .filter((value): value is number => value !== null && Number.isFinite(value));
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const by = low > 0 && high / low > 100 ? Math.log : (value: number): number => value;
  const share = (value: number): number => (high === low ? 0.5 : (by(value) - by(low)) / (by(high) - by(low)));
  return { low, high, share, y: (value: number): number => HEIGHT - BOTTOM - share(value) * (HEIGHT - BOTTOM - TOP) };
}
