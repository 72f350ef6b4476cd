import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import type { Curves } from "../../../src/board/wire.js";
import { address, go } from "../address.js";
import { axisText, plural, shownNumber } from "../format.js";
import { changes } from "../live.js";
import { Chart } from "../parts/chart.js";
import { colorOf } from "../parts/colors.js";
import { Menu } from "../parts/menu.js";
import { extentOf } from "../parts/smooth.js";
import { placeOf } from "../selection.js";
import { fetchCurves } from "../server.js";
import { saveCsv, savePng, saveSvg } from "./curve-export.js";

const HEIGHT = 210;
/** Live runs are asked for again at most so often. */
const MANY = 20;
const PATIENCE_MS = 700;

/** A key's chart with its name, numbers and ways to keep it. Its points come when it is seen. */
export function CurveCard({ name, ids }: { name: string; ids: readonly string[] }) {
  const box = useRef<HTMLElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [seen, setSeen] = useState(false);
  const [curves, setCurves] = useState<Curves | null>(null);
  const [failure, setFailure] = useState("");
  const { x, from, to, smooth, logX, logY } = address.value;
  const asked = ids.join("\n");
  const place = (id: string): number =>
    Math.max(0, ids.length === 1 ? 0 : placeOf(id) >= 0 ? placeOf(id) : ids.indexOf(id));

  useEffect(() => {
    const watch = new IntersectionObserver((found) => setSeen(found.some((one) => one.isIntersecting)), {
      rootMargin: "200px",
    });
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const { count } = changes.value;
  const last = useRef({ at: 0, asked: "", count: -1 });
  useEffect(() => {
    if (!seen) return;
    const what = `${asked}|${x}|${from}|${to}`;
    const same = last.current.asked === what;
    if (same && (last.current.count === count || !ids.some((id) => changes.value.ids.has(id)))) return;
    const wait = same ? Math.max(0, last.current.at + PATIENCE_MS - Date.now()) : 0;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const width = Math.max(200, Math.min(1000, box.current?.clientWidth ?? 600));
      // Of many lines nobody sees each pixel.
      const points = Math.round(ids.length > MANY ? width / 2 : width);
      try {
        const [found] = await fetchCurves({ runs: ids, keys: [name], x, from, to, points }, stop.signal);
        last.current = { at: Date.now(), asked: what, count };
        setCurves(found ?? null);
        setFailure("");
      } catch (error) {
        if (!stop.signal.aborted) setFailure((error as Error).message);
      }
    }, wait);
    return () => {
      clearTimeout(timer);
      // An answer under way is of use as long as the question is the same.
      if (last.current.asked !== what) stop.abort();
    };
  }, [seen, asked, x, from, to, count, name]);

  const said = curves === null ? "" : describe(name, curves, x);
  return (
    <article class="card" ref={box} aria-label={name}>
      <header>
        <h3>{name}</h3>
        {curves !== null && curves.x.length > 0 && (
          <Menu label="Save">
            <div class="choices">
              <button type="button" onClick={() => savePng(plot.current!, curves, place)}>
                Picture (PNG)
              </button>
              <button type="button" onClick={() => saveSvg(curves, { x, smooth, logX, logY }, place)}>
                Drawing (SVG)
              </button>
              <button type="button" onClick={() => saveCsv(curves, x)}>
                Numbers (CSV)
              </button>
            </div>
          </Menu>
        )}
      </header>
      {failure !== "" && <p class="failure">{failure}</p>}
      {curves === null ? (
        <div class="chart-wait" style={{ height: `${HEIGHT}px` }} />
      ) : curves.x.length === 0 ? (
        <p class="hint">No points here.</p>
      ) : (
        <>
          <Chart
            curves={curves}
            axis={x}
            place={place}
            smooth={smooth}
            logX={logX}
            logY={logY}
            height={HEIGHT}
            description={said}
            onZoom={(a, b) => go({ from: a, to: b })}
            onReady={(now) => {
              plot.current = now;
            }}
          />
          <Numbers curves={curves} place={place} />
        </>
      )}
    </article>
  );
}

/** The chart as a table. */
function Numbers({ curves, place }: { curves: Curves; place: (id: string) => number }) {
  const { x } = address.value;
  const lost = curves.runs.filter(({ notFinite }) => notFinite).length;
  return (
    <details class="numbers">
      <summary>
        Numbers
        {lost > 0 && <span class="bad"> {plural(lost, "run has", "runs have")} points that are not finite</span>}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Last</th>
            <th scope="col">Lowest</th>
            <th scope="col">Highest</th>
          </tr>
        </thead>
        <tbody>
          {curves.runs.map(({ id, mean, min, max }) => {
            const extent = extentOf(curves.x, mean, min, max);
            return (
              <tr key={id}>
                <th scope="row">
                  <i class="swatch" style={{ background: colorOf(place(id)) }} aria-hidden="true" /> {id}
                </th>
                <td>{extent && shownNumber(extent.last)}</td>
                <td>{extent && `${shownNumber(extent.min)} at ${axisText(extent.minAt, x)}`}</td>
                <td>{extent && `${shownNumber(extent.max)} at ${axisText(extent.maxAt, x)}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function describe(name: string, curves: Curves, axis: string): string {
  const of = curves.runs.slice(0, 5).flatMap(({ id, mean, min, max }) => {
    const extent = extentOf(curves.x, mean, min, max);
    if (extent === null) return [];
    return `${id} goes from ${shownNumber(extent.first)} to ${shownNumber(extent.last)}, lowest ${shownNumber(extent.min)}`;
  });
  const more = curves.runs.length > 5 ? `; ${curves.runs.length - 5} more runs` : "";
  return `Chart of ${name} by ${axis}. ${of.join("; ")}${more}.`;
}
