import type uPlot from "uplot";
import { shownNumber } from "../format.js";

/** Most runs that the box beside the cursor names: those nearest to it. */
const MOST = 8;

/** A box beside the cursor with the runs' values there. */
export function tooltip(
  lines: readonly { readonly at: number; readonly id: string }[],
  key: string,
  place: (x: number) => string,
): uPlot.Plugin {
  const box = document.createElement("div");
  box.className = "tooltip";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true");
  return {
    hooks: {
      init: (plot) => {
        plot.over.append(box);
      },
      setCursor: (plot) => {
        const { idx, left = -1, top = -1 } = plot.cursor;
        // Synced cursors of other charts have no box: one is enough.
        const own = plot.over.matches(":hover");
        if (idx === null || idx === undefined || left < 0 || !own) {
          box.hidden = true;
          return;
        }
        const found = lines
          .flatMap(({ at, id }) => {
            const value = nearestValue(plot.data[at] as readonly (number | null)[], idx);
            return value === null ? [] : [{ id, value, at, far: Math.abs(plot.valToPos(value, "y") - top) }];
          })
          .sort((a, b) => a.far - b.far);
        const shown = found.slice(0, MOST).sort((a, b) => b.value - a.value);
        box.replaceChildren(
          line("head", `${key} at ${place(plot.data[0][idx]!)}`),
          ...shown.map(({ id, value, at }) => row(id, shownNumber(Number(value.toPrecision(6))), plot, at)),
          ...(found.length > MOST ? [line("more", `and ${found.length - MOST} more`)] : []),
        );
        box.hidden = found.length === 0;
        const right = left > plot.over.clientWidth / 2;
        box.style.left = right ? "" : `${left + 12}px`;
        box.style.right = right ? `${plot.over.clientWidth - left + 12}px` : "";
        box.style.top = `${Math.max(0, Math.min(top, plot.over.clientHeight - box.offsetHeight))}px`;
      },
    },
  };
}

/** The value there or just before: a run need not have one at each place. */
function nearestValue(values: readonly (number | null)[], at: number): number | null {
  for (let i = at; i >= Math.max(0, at - 50); i--) if (values[i] !== null && values[i] !== undefined) return values[i]!;
  return null;
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.textContent = text;
  return element;
}

function row(id: string, value: string, plot: uPlot, at: number): HTMLElement {
  const element = line("row", "");
  const swatch = line("swatch", "");
  const stroke = plot.series[at]!.stroke;
  swatch.style.background = String(typeof stroke === "function" ? stroke(plot, at) : stroke);
  element.append(swatch, line("name", id), line("value", value));
  return element;
}
