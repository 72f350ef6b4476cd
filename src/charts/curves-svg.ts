import { escapeXml } from "../core/escape-xml.js";
import { farmFingerprint } from "../core/farm-hash.js";
import { extentOf, thin } from "./thin.js";
import { brief, ticks } from "./ticks.js";

/** One curve of a panel. */
export interface Curve {
  readonly name: string;
  readonly x: Float64Array;
  /** As long as `x`; NaN leaves a gap. */
  readonly y: Float64Array;
}

/** Curves over one pair of axes. */
export interface Panel {
  readonly title: string;
  readonly curves: readonly Curve[];
}

export interface CurvesOptions {
  readonly title: string;
  /** What x is: "epoch", "step". */
  readonly axis: string;
}

/** Pixels. */
const WIDTH = 420;
const HEIGHT = 240;
const EDGE = { left: 62, right: 14, top: 34, bottom: 38 };
const COLUMNS = 2;
const HEADER = 40;
const LEGEND = 18;
/** More points than this are thinned to means, within a band from the smallest to the largest. */
const MOST_POINTS = 360;
/** With fewer points each has a dot. */
const DOTS = 40;
/** Told apart also by those who see few colours, on light and on dark (Okabe and Ito 2008, adapted). */
const LIGHT = ["#0063b2", "#b84a00", "#007a5e", "#8a3f8f", "#7a6200", "#a3003f"];
const DARK = ["#62b5f5", "#f2994a", "#3ecfa5", "#d79bdc", "#e3c34a", "#ff7fa8"];
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"];

/**
 * Curves as an SVG picture that needs nothing else: a panel for each value, in the colours of the reader's system (dark
 * or light), with a title and a description for those who do not see it. The same bytes for the same curves.
 */
export function curvesToSvg(panels: readonly Panel[], { title, axis }: CurvesOptions): string {
  const columns = Math.min(COLUMNS, Math.max(1, panels.length));
  const rows = Math.ceil(Math.max(1, panels.length) / columns);
  const [width, height] = [columns * WIDTH, HEADER + rows * (HEIGHT + LEGEND)];
  const drawn = panels.map((panel, i) => {
    const [left, top] = [(i % columns) * WIDTH, HEADER + Math.floor(i / columns) * (HEIGHT + LEGEND)];
    return `<g transform="translate(${left} ${top})">\n${panelText(panel, axis)}\n</g>`;
  });
  const said = panels.map((panel) => describe(panel, axis)).join(" ") || "There are no values yet.";
  // Several may stand in one page, where ids are of the page.
  const id = `curves-${farmFingerprint(title + said).toString(16)}`;
  const empty = panels.length === 0 ? [`<text x="16" y="${HEADER + 30}">There are no values yet.</text>`] : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="pawl-curves" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text" font-family="system-ui, sans-serif" font-size="12">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-text">${escapeXml(said)}</desc>`,
    `<style>${STYLE}</style>`,
    '<rect class="ground" width="100%" height="100%"/>',
    `<text class="title" x="16" y="26">${escapeXml(title)}</text>`,
    ...drawn,
    ...empty,
    "</svg>",
    "",
  ].join("\n");
}

const curveRules = (colours: readonly string[]): string =>
  colours.map((colour, i) => `.pawl-curves .c${i}{stroke:${colour};fill:${colour}}`).join("");

const STYLE = [
  ".pawl-curves text{fill:#24292f}.pawl-curves .ground{fill:#fff}.pawl-curves .grid{stroke:#d8dde3}",
  ".pawl-curves .axis{fill:#57606a;font-size:11px}.pawl-curves .title{font-size:16px;font-weight:600}.pawl-curves .name{font-weight:600}",
  ".pawl-curves path.line{fill:none;stroke-width:1.75;stroke-linejoin:round}.pawl-curves path.band{stroke:none;opacity:.18}",
  curveRules(LIGHT),
  "@media (prefers-color-scheme:dark){.pawl-curves text{fill:#e6edf3}.pawl-curves .ground{fill:#0d1117}.pawl-curves .grid{stroke:#30363d}",
  ".pawl-curves .axis{fill:#9aa4ae}",
  curveRules(DARK),
  "}",
].join("");

/** "loss: train from 2.1 to 0.4, smallest 0.4; val …, over epoch 0 to 9." */
function describe({ title, curves }: Panel, axis: string): string {
  const said = curves.map(({ name, y }) => {
    const values = y.filter((value) => Number.isFinite(value));
    if (values.length === 0) return `${name} without values`;
    const { from, to } = extentOf(values);
    return `${name} from ${brief(values[0]!)} to ${brief(values.at(-1)!)}, smallest ${brief(from)}, largest ${brief(to)}`;
  });
  const { from, to } = spanOf(curves.map(({ x }) => x));
  return `${title}: ${said.join("; ")}; ${axis} ${brief(from)} to ${brief(to)}.`;
}

function spanOf(all: readonly Float64Array[]): { from: number; to: number } {
  const ends = all.filter((values) => values.some((value) => Number.isFinite(value))).map(extentOf);
  if (ends.length === 0) return { from: 0, to: 1 };
  return { from: Math.min(...ends.map(({ from }) => from)), to: Math.max(...ends.map(({ to }) => to)) };
}

/** With some room, and never empty. */
function widened({ from, to }: { from: number; to: number }): { from: number; to: number } {
  const room = to > from ? (to - from) * 0.05 : Math.abs(from) * 0.1 || 1;
  // Numbers near the largest leave no room.
  return Number.isFinite(to + room - (from - room)) ? { from: from - room, to: to + room } : { from, to };
}

function panelText({ title, curves }: Panel, axis: string): string {
  const span = spanOf(curves.map(({ x }) => x));
  const across = span.to > span.from ? span : { from: span.from - 0.5, to: span.to + 0.5 };
  const along = widened(spanOf(curves.map(({ y }) => y)));
  const [right, bottom] = [WIDTH - EDGE.right, HEIGHT - EDGE.bottom];
  // Halves first, since a difference of large numbers may overflow.
  const scale = (value: number, { from, to }: { from: number; to: number }): number =>
    (value / 2 - from / 2) / (to / 2 - from / 2);
  const placeX = (x: number): number => EDGE.left + scale(x, across) * (right - EDGE.left);
  const placeY = (y: number): number => bottom - scale(y, along) * (bottom - EDGE.top);
  const whole = axis === "epoch" || axis === "step";
  const xs = ticks(across.from, across.to, 6).filter((x) => !whole || Number.isInteger(x));
  return [
    `<text class="name" x="${EDGE.left}" y="20">${escapeXml(title)}</text>`,
    ...ticks(along.from, along.to, 5).map((y) => {
      const at = number(placeY(y));
      return `<path class="grid" d="M${EDGE.left} ${at}H${right}"/><text class="axis" x="${EDGE.left - 6}" y="${at}" dy=".35em" text-anchor="end">${brief(y)}</text>`;
    }),
    ...xs.map(
      (x) => `<text class="axis" x="${number(placeX(x))}" y="${bottom + 16}" text-anchor="middle">${brief(x)}</text>`,
    ),
    `<text class="axis" x="${(EDGE.left + right) / 2}" y="${bottom + 31}" text-anchor="middle">${escapeXml(axis)}</text>`,
    ...curves.map((curve, i) => curveText(curve, i, placeX, placeY)),
    ...legend(curves),
  ].join("\n");
}

function curveText({ x, y }: Curve, at: number, placeX: (x: number) => number, placeY: (y: number) => number): string {
  const style = `c${at % LIGHT.length}`;
  const dash = DASHES[at % DASHES.length];
  const thinned = thin(x, y, MOST_POINTS);
  const place = (i: number, value: number): string => `${number(placeX(thinned.x[i]!))} ${number(placeY(value))}`;
  const means = Array.from(thinned.mean, (value, i) => place(i, value));
  const out: string[] = [];
  if (thinned.count.some((count) => count > 1)) {
    const upper = Array.from(thinned.max, (value, i) => place(i, value));
    const lower = Array.from(thinned.min, (value, i) => place(i, value)).reverse();
    out.push(`<path class="band ${style}" d="M${[...upper, ...lower].join("L")}Z"/>`);
  }
  if (means.length > 1) {
    const dashed = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
    out.push(`<path class="line ${style}"${dashed} d="M${means.join("L")}"/>`);
  }
  if (means.length <= DOTS) {
    out.push(...means.map((point) => `<circle class="${style}" cx="${point.replace(" ", '" cy="')}" r="2.5"/>`));
  }
  return out.join("\n");
}

/** Names beside a piece of their line, unless there is one curve that the title names. */
function legend(curves: readonly Curve[]): string[] {
  if (curves.length < 2) return [];
  const room = (WIDTH - EDGE.left - EDGE.right) / Math.min(curves.length, LIGHT.length);
  return curves.slice(0, LIGHT.length).map(({ name }, i) => {
    const left = EDGE.left + i * room;
    const dash = DASHES[i]! === "" ? "" : ` stroke-dasharray="${DASHES[i]}"`;
    const most = Math.max(4, Math.floor((room - 36) / 6.5));
    const text = name.length > most ? `${name.slice(0, most - 1)}…` : name;
    return `<path class="line c${i}"${dash} d="M${number(left)} ${HEIGHT + 2}h24"/><text class="axis" x="${number(left + 30)}" y="${HEIGHT + 6}">${escapeXml(text)}</text>`;
  });
}

/** Two digits after the point are a hundredth of a pixel. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

/** "loss" and "val_loss" belong into one panel, in the order in which they come up. */
export function panelsOf(
  columns: readonly { readonly key: string; readonly x: Float64Array; readonly y: Float64Array }[],
): Panel[] {
  const panels = new Map<string, Curve[]>();
  const keys = new Set(columns.map(({ key }) => key));
  for (const { key, x, y } of columns) {
    const isValidation = key.startsWith("val_");
    const title = isValidation ? key.slice(4) : key;
    const isPair = isValidation || keys.has(`val_${key}`);
    const curves = panels.get(title) ?? [];
    curves.push({ name: isValidation ? "validation" : isPair ? "training" : key, x, y });
    panels.set(title, curves);
  }
  return [...panels].map(([title, curves]) => ({ title, curves }));
}
