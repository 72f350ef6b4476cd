import type { Curves, XAxis } from "../../../src/board/wire.js";
import { axisText, shownNumber } from "../format.js";
import { smoothed } from "./smooth.js";

/** How curves are drawn. */
export interface Drawn {
  readonly x: XAxis;
  readonly smooth: number;
  readonly logX: boolean;
  readonly logY: boolean;
}

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [720, 360, 64, 32, 32];

/** A drawing for papers: black on white, nothing in it but shapes and texts. */
export function drawCurves(curves: Curves, how: Drawn, color: (id: string) => string): string {
  const lines = curves.runs.map(({ id, mean }) => ({ id, values: smoothed(mean, how.smooth) }));
  const ys = lines.flatMap(({ values }) => values.filter((y): y is number => y !== null && (!how.logY || y > 0)));
  const xs = curves.x.filter((x) => !how.logX || x > 0);
  if (ys.length === 0 || xs.length === 0) return frame("", 0);
  const x = scale(xs[0]!, xs.at(-1)!, how.logX, LEFT, WIDTH - 12);
  const y = scale(
    ys.reduce((a, b) => Math.min(a, b)),
    ys.reduce((a, b) => Math.max(a, b)),
    how.logY,
    HEIGHT - BOTTOM,
    TOP,
  );
  const out: string[] = [text(LEFT, 20, curves.key, "start", 14)];
  for (const { at, value } of y.ticks) {
    out.push(
      `<path d="M${LEFT} ${at}H${WIDTH - 12}" stroke="#ddd"/>`,
      text(LEFT - 6, at + 4, shownNumber(value), "end"),
    );
  }
  for (const { at, value } of x.ticks) out.push(text(at, HEIGHT - 12, axisText(value, how.x), "middle"));
  for (const { id, values } of lines) {
    const points = values.flatMap((value, at) => {
      const place = curves.x[at]!;
      if (value === null || (how.logY && value <= 0) || (how.logX && place <= 0)) return [];
      return [`${x.of(place).toFixed(1)} ${y.of(value).toFixed(1)}`];
    });
    out.push(`<path d="M${points.join("L")}" fill="none" stroke="${escaped(color(id))}" stroke-width="1.5"/>`);
  }
  lines.forEach(({ id }, at) => {
    const below = HEIGHT + 16 * at;
    out.push(
      `<rect x="${LEFT}" y="${below}" width="10" height="10" fill="${escaped(color(id))}"/>`,
      text(LEFT + 16, below + 9, id, "start"),
    );
  });
  return frame(out.join("\n"), lines.length);
}

function frame(body: string, names: number): string {
  const height = HEIGHT + 16 * names + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${body}
</svg>
`;
}

function text(x: number, y: number, what: string, anchor: string, size = 11): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="#333">${escaped(what)}</text>`;
}

const NOT_IN_XML =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Names are anybody's: what XML cannot hold is left out. */
export function escaped(what: string): string {
  return what
    .replace(NOT_IN_XML, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Places of values, and about five round ones. */
export interface Scale {
  of(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
}

export function scale(low: number, high: number, log: boolean, start: number, end: number): Scale {
  const by = log ? Math.log10 : (value: number): number => value;
  const [a, b] = [by(low), by(high)];
  const span = b - a || 1;
  const of = (value: number): number => start + ((by(value) - a) / span) * (end - start);
  const values = log ? powers(low, high) : rounds(low, high);
  return { of, ticks: values.map((value) => ({ value, at: Number(of(value).toFixed(1)) })) };
}

function powers(low: number, high: number): number[] {
  const out: number[] = [];
  for (let e = Math.ceil(Math.log10(low)); e <= Math.floor(Math.log10(high)); e++) out.push(10 ** e);
  return out.length > 0 ? out : [low, high];
}

function rounds(low: number, high: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / 5;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * ten).find((one) => one >= rough)!;
  const out: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-9; value += step)
    out.push(Number(value.toPrecision(12)));
  return out;
}
