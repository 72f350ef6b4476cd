import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Curves, XAxis } from "../../../src/board/wire.js";
import { axisText, shownNumber } from "../format.js";
import { shownTheme } from "../theme.js";
import { canvasColor, themeColor } from "./colors.js";
import { smoothed } from "./smooth.js";
import { tooltip } from "./tooltip.js";

export interface ChartProps {
  readonly curves: Curves;
  readonly axis: XAxis;
  /** Place among the chosen runs, which decides the colour. */
  readonly place: (id: string) => number;
  readonly smooth: number;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly height: number;
  /** In words, for those who do not see it. */
  readonly description: string;
  onZoom(from: number | null, to: number | null): void;
  /** Called with the chart while it is there. */
  onReady?(plot: uPlot | null): void;
}

/** More bands than this hide each other. */
const MOST_BANDS = 8;

/** One key's curves of all chosen runs. */
export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const theme = shownTheme.value;
  const { curves, axis, smooth, logX, logY, height } = props;
  const latest = useRef(props);
  latest.current = props;
  const plot = useRef<uPlot | null>(null);
  const shape = `${curves.runs.map(({ id }) => `${id}\n${props.place(id)}`).join("\n")}|${curves.thinned}|${axis}|${smooth > 0}|${logX}|${logY}|${theme}|${height}`;

  useEffect(() => {
    const element = box.current!;
    const data = dataOf(latest.current);
    plot.current = new uPlot(optionsOf(latest, element), data, element);
    latest.current.onReady?.(plot.current);
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      latest.current.onReady?.(null);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape]);
  useEffect(() => {
    plot.current?.setData(dataOf(latest.current));
  }, [curves, smooth]);
  return <div class="chart" ref={box} role="img" aria-label={props.description} />;
}

const banded = ({ curves }: ChartProps): boolean => curves.thinned && curves.runs.length <= MOST_BANDS;

/** x, and for each run: what was (faint) where it is smoothed, the line, and the band's both edges. */
function dataOf(props: ChartProps): uPlot.AlignedData {
  const { curves, smooth, logX, logY } = props;
  const positive = (values: readonly (number | null)[]): (number | null)[] =>
    logY ? values.map((value) => (value !== null && value > 0 ? value : null)) : [...values];
  const series = curves.runs.flatMap(({ mean, min, max }) => [
    ...(smooth > 0 ? [positive(mean)] : []),
    positive(smoothed(mean, smooth)),
    ...(banded(props) ? [positive(max ?? mean), positive(min ?? mean)] : []),
  ]);
  // An axis of logarithms has no 0.
  const x = logX ? curves.x.map((value) => Math.max(value, 0.5)) : [...curves.x];
  return [x, ...series] as uPlot.AlignedData;
}

function optionsOf(latest: { readonly current: ChartProps }, element: HTMLElement): uPlot.Options {
  const props = latest.current;
  const { curves, axis, smooth, logX, logY, height } = props;
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  const lines: { readonly at: number; readonly id: string }[] = [];
  for (const { id } of curves.runs) {
    const color = canvasColor(props.place(id));
    const points = { show: curves.x.length <= 2 };
    const line = (part: Partial<uPlot.Series>): void => {
      series.push({ label: id, spanGaps: true, points, stroke: color, width: 1.5, ...part });
    };
    if (smooth > 0) line({ stroke: `${color}55`, width: 1 });
    lines.push({ at: series.length, id });
    line({});
    if (banded(props)) {
      bands.push({ series: [series.length, series.length + 1], fill: `${color}26` });
      line({ width: 0, stroke: "transparent" });
      line({ width: 0, stroke: "transparent" });
    }
  }
  const [text, grid] = [themeColor("--text-2"), themeColor("--line")];
  const font = "11px system-ui, sans-serif";
  const look = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false }, gap: 4 };
  return {
    width: Math.max(80, element.clientWidth),
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: "curves" }, drag: { x: true, y: false, setScale: false }, points: { size: 5 } },
    scales: { x: { time: false, distr: logX ? 3 : 1 }, y: { distr: logY ? 3 : 1 } },
    axes: [
      { ...look, size: 26, space: 60, values: (_, values) => values.map((value) => axisText(value, axis)) },
      {
        ...look,
        size: 52,
        space: 28,
        values: (_, values) => values.map((value) => (value === null ? "" : shownNumber(Number(value.toPrecision(6))))),
      },
    ],
    series,
    bands,
    plugins: [tooltip(lines, curves.key, (value) => axisText(value, axis))],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          latest.current.onZoom(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      ready: [(plot) => plot.over.addEventListener("dblclick", () => latest.current.onZoom(null, null))],
    },
  };
}
