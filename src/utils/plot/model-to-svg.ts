import { escapeXml } from "../../core/escape-xml.js";
import { resolveOptions } from "../../core/options.js";
import { shown } from "../../core/shown.js";
import type { AnyFunctional } from "../../network/index.js";
import { type Box, type Cluster, drawingOf } from "./drawing.js";
import { type Extent, layoutOf, type Place } from "./layout.js";
import { textOf } from "./model-to-mermaid.js";
import { PLOT, type PlotOptions } from "./plot-options.js";

/** Pixels. Letters of one width, so that the size of a text is known without a font. */
const LETTER = 7.25;
const LINE = 18;
const PADDING = 10;
const MARGIN = 16;
/** Room for the head of an arrow. */
const HEAD = 7;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The graph of a model as an SVG picture, the same bytes for the same model; it needs no other program. Boxes of models
 * inside say which they belong to.
 * @throws {StateError} for a model that is not built
 */
export function modelToSvg(model: AnyFunctional, options?: PlotOptions): string {
  const resolved = resolveOptions("modelToSvg", PLOT, options);
  const drawing = drawingOf(model, resolved);
  const { rankdir } = resolved;
  const within = ownersOf(drawing.items);
  const texts = new Map(
    drawing.boxes.map((box) => [box.id, [...textOf(box), ...within(box)].map((line) => shown(line))]),
  );
  const sizes = new Map([...texts].map(([id, lines]) => [id, sizeOf(lines)]));
  const sideways = rankdir === "LR" || rankdir === "RL";
  const layout = layoutOf(
    drawing,
    new Map(
      [...sizes].map(([id, { x, y }]): [string, Extent] => [
        id,
        sideways ? { across: y, along: x } : { across: x, along: y },
      ]),
    ),
  );
  const { size, places, bends } = layout;
  const backwards = rankdir === "BT" || rankdir === "RL";
  const point = ({ across, along }: Place): Point => {
    const deep = backwards ? size.along - along : along;
    return sideways ? { x: deep + MARGIN, y: across + MARGIN } : { x: across + MARGIN, y: deep + MARGIN };
  };
  const [across, along] = [size.across + 2 * MARGIN, size.along + 2 * MARGIN].map(number);
  const [width, height] = sideways ? [along, across] : [across, along];
  const lines = drawing.edges.map(([from, to], i) =>
    edge([places.get(from)!, ...bends[i]!, places.get(to)!].map(point), sizes.get(from)!, sizes.get(to)!),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="12">`,
    `<title>${escapeXml(drawing.name)}</title>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
    '<rect width="100%" height="100%" fill="white"/>',
    ...lines,
    ...drawing.boxes.map((box) => boxText(box, texts.get(box.id)!, point(places.get(box.id)!), sizes.get(box.id)!)),
    "</svg>",
    "",
  ].join("\n");
}

/** For each box the models that it is in, from outside. */
function ownersOf(items: readonly (Box | Cluster)[]): (box: Box) => string[] {
  const owners = new Map<string, string>();
  const walk = (inner: readonly (Box | Cluster)[], path: string): void => {
    for (const item of inner) {
      if ("items" in item) walk(item.items, path === "" ? item.name : `${path}/${item.name}`);
      else owners.set(item.id, path);
    }
  };
  walk(items, "");
  return ({ id }) => (owners.get(id) ? [`in ${owners.get(id)}`] : []);
}

function sizeOf(lines: readonly string[]): Point {
  const longest = Math.max(...lines.map(({ length }) => length));
  return { x: Math.ceil(longest * LETTER) + 2 * PADDING, y: lines.length * LINE + PADDING };
}

/** A line from the border of one box to that of another, through the places between. */
function edge(way: readonly Point[], from: Point, to: Point): string {
  const points = [border(way[0]!, from, way[1]!, 0), ...way.slice(1, -1), border(way.at(-1)!, to, way.at(-2)!, HEAD)];
  const text = points.map(({ x, y }) => `${number(x)},${number(y)}`).join(" ");
  return `<polyline points="${text}" fill="none" stroke="black" stroke-width="1.5" marker-end="url(#head)"/>`;
}

/** Where the line from the middle of a box to a point leaves the box, and `further` along. */
function border(middle: Point, size: Point, target: Point, further: number): Point {
  const [dx, dy] = [target.x - middle.x, target.y - middle.y];
  // A layer that is applied to its own output: an edge of no length.
  if (dx === 0 && dy === 0) return middle;
  const share = Math.min(size.x / 2 / Math.abs(dx), size.y / 2 / Math.abs(dy)) + further / Math.sqrt(dx * dx + dy * dy);
  return { x: middle.x + dx * share, y: middle.y + dy * share };
}

function boxText({ trainable }: Box, lines: readonly string[], { x, y }: Point, size: Point): string {
  const [left, top] = [x - size.x / 2, y - size.y / 2];
  const fill = trainable === false ? "#f2dede" : "#f4f4f4";
  const rect = `<rect x="${number(left)}" y="${number(top)}" width="${size.x}" height="${size.y}" rx="4" fill="${fill}" stroke="black"/>`;
  const texts = lines.map((line, i) => {
    const weight = i === 0 ? ' font-weight="bold"' : "";
    const at = `x="${number(x)}" y="${number(top + PADDING / 2 + LINE * i + 13)}"`;
    return `<text ${at} text-anchor="middle"${weight}>${escapeXml(line)}</text>`;
  });
  return `<g>${rect}${texts.join("")}</g>`;
}

const number = (value: number): string => String(Math.round(value * 10) / 10);
