import type uPlot from "uplot";
import type { Curves, XAxis } from "../../../src/board/wire.js";
import { csvLine } from "../csv.js";
import { canvasColor, themeColor } from "../parts/colors.js";
import { type Drawn, drawCurves } from "../parts/svg-chart.js";
import { saveFile } from "../save-file.js";

type Place = (id: string) => number;

/** Names of so many runs are written below a picture. */
const MOST_NAMES = 40;

/** The chart as it is on show, with its name and a legend. */
export function savePng(plot: uPlot, curves: Curves, place: Place): void {
  const from = plot.ctx.canvas;
  const scale = from.width / plot.width;
  const names = curves.runs.slice(0, MOST_NAMES);
  const line = 18 * scale;
  const canvas = document.createElement("canvas");
  canvas.width = from.width;
  canvas.height = from.height + line * (names.length + 2);
  const context = canvas.getContext("2d")!;
  context.fillStyle = themeColor("--page");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = `${12 * scale}px system-ui, sans-serif`;
  context.fillStyle = themeColor("--text");
  context.fillText(curves.key, 10 * scale, line);
  context.drawImage(from, 0, line * 1.5);
  names.forEach(({ id }, at) => {
    const y = from.height + line * (at + 2.2);
    context.fillStyle = canvasColor(place(id));
    context.fillRect(12 * scale, y - 9 * scale, 10 * scale, 10 * scale);
    context.fillStyle = themeColor("--text");
    context.fillText(id, 28 * scale, y);
  });
  canvas.toBlob((blob) => blob && saveFile(`${curves.key}.png`, blob), "image/png");
}

export function saveSvg(curves: Curves, how: Drawn, place: Place): void {
  const text = drawCurves(curves, how, (id) => canvasColor(place(id)));
  saveFile(`${curves.key}.svg`, new Blob([text], { type: "image/svg+xml" }));
}

/** A line for each run and place on the axis. */
export function saveCsv(curves: Curves, axis: XAxis): void {
  const lines = [csvLine(["run", axis, curves.key, ...(curves.thinned ? ["min", "max"] : [])])];
  for (const { id, mean, min, max } of curves.runs) {
    curves.x.forEach((x, at) => {
      const value = mean[at] ?? null;
      if (value === null) return;
      lines.push(csvLine([id, x, value, ...(curves.thinned ? [min?.[at] ?? null, max?.[at] ?? null] : [])]));
    });
  }
  saveFile(`${curves.key}.csv`, new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
}
