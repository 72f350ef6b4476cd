import { useEffect, useState } from "preact/hooks";
import type { Histogram } from "../../../src/board/wire.js";
import { shownNumber } from "../format.js";
import { changes } from "../live.js";
import { fetchHistograms } from "../server.js";

const [WIDTH, ROW, OVER] = [520, 9, 34];
const MOST = 60;

/** How the values of a weight were distributed after epochs, later ones in front. */
export function Histograms({ id, paths }: { id: string; paths: readonly string[] }) {
  const [path, setPath] = useState(paths[0]!);
  const [all, setAll] = useState<readonly Histogram[]>([]);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    fetchHistograms(id, path).then(setAll, (error: Error) => setFailure(error.message));
  }, [id, path, changes.value.ids.has(id) ? changes.value.count : 0]);
  return (
    <section aria-label="Histograms">
      <h2>Histograms</h2>
      <label class="field">
        <span>Weight</span>
        <select value={path} onChange={(event) => setPath(event.currentTarget.value)}>
          {paths.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {failure !== "" && <p class="failure">{failure}</p>}
      {all.length > 0 && <Ridges path={path} all={thinned(all)} />}
    </section>
  );
}

/** The last always among them. */
function thinned(all: readonly Histogram[]): Histogram[] {
  const every = Math.ceil(all.length / MOST);
  return all.filter((_, at) => (all.length - 1 - at) % every === 0);
}

function Ridges({ path, all }: { path: string; all: readonly Histogram[] }) {
  const low = Math.min(...all.map(({ min }) => min));
  const high = Math.max(...all.map(({ max }) => max));
  const span = high - low || 1;
  const x = (value: number): number => 40 + ((value - low) / span) * (WIDTH - 50);
  // Counts an equal width of values, so that histograms of other ranges compare.
  const most = Math.max(
    ...all.flatMap(({ counts, min, max }) => counts.map((count) => (count * counts.length) / (max - min || 1))),
  );
  const height = OVER + all.length * ROW + 24;
  const last = all.at(-1)!;
  return (
    <figure class="ridges">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`Values of ${path} after ${all.length} epochs; at the end between ${shownNumber(last.min)} and ${shownNumber(last.max)}`}
      >
        {all.map(({ epoch, min, max, counts }, at) => {
          const base = OVER + at * ROW;
          const width = (max - min) / Math.max(1, counts.length);
          const tops = counts.map((count, bin) => {
            const share = width === 0 ? 1 : count / width / (most || 1);
            return `L${x(min + (bin + 0.5) * width).toFixed(1)} ${(base - share * OVER * 0.9).toFixed(1)}`;
          });
          return (
            <g key={epoch}>
              <path class="ridge" d={`M${x(min).toFixed(1)} ${base}${tops.join("")}L${x(max).toFixed(1)} ${base}`} />
              {(at === all.length - 1 || at % 10 === 0) && (
                <text x="0" y={base + 3}>
                  {epoch}
                </text>
              )}
            </g>
          );
        })}
        {[low, (low + high) / 2, high].map((value, at) => (
          <text key={value} x={x(value)} y={height - 6} text-anchor={["start", "middle", "end"][at]}>
            {shownNumber(Number(value.toPrecision(3)))}
          </text>
        ))}
      </svg>
      <figcaption class="faint">Epochs from above to below; values from left to right.</figcaption>
    </figure>
  );
}
