import { OptionError } from "../core/errors.js";
import { escapeXml } from "../core/escape-xml.js";
import { type CurvesOptions, curvesToSvg, type Panel } from "./curves-svg.js";

/**
 * A drawing of curves. As the last value of a cell it shows itself: in Deno's kernel for Jupyter by its contents by
 * type, in Observable as an element of the page. In tslab: `display.svg(String(plot))`.
 */
export interface Plot {
  readonly svg: string;
  /** A page with the drawing, which needs nothing else. */
  readonly html: string;
  /** The SVG. */
  toString(): string;
}

/** What a page gives to make elements with. */
interface Page {
  createElement(name: string): object;
}

/** Draws the curves, as an element where there is a page. */
export function plotOf(panels: readonly Panel[], options: CurvesOptions): Plot {
  const svg = curvesToSvg(panels, options);
  const plot = {
    svg,
    html: pageOf(options.title, svg),
    toString: () => svg,
    // Notebooks ask for it by its symbol; it is not in the type, for declarations cannot name the symbol.
    [Symbol.for("Jupyter.display")]: () => ({ "image/svg+xml": svg, "text/html": svg, "text/plain": options.title }),
  };
  const { document } = globalThis as { readonly document?: Partial<Page> };
  if (document?.createElement === undefined) return plot;
  // An element has no members of these names, but it has `toString`.
  return Object.assign(document.createElement("figure"), { innerHTML: svg }, plot);
}

/** A page of its own, in the colours of the reader's system. */
export function pageOf(title: string, body: string): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    // Names in a page are those of others: nothing in it may run or be fetched.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="color-scheme" content="light dark"><title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body>${body}</body>`,
    "</html>",
    "",
  ].join("\n");
}

const STYLE = [
  "body{font:14px/1.5 system-ui,sans-serif;margin:1rem;color:#24292f;background:#fff}svg{max-width:100%;height:auto}",
  "table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.2rem .9rem .2rem 0;vertical-align:top}",
  "th{font-weight:600;color:#57606a}td{overflow-wrap:anywhere}h1{font-size:1.4rem}h2{font-size:1.1rem}.wide{overflow-x:auto}",
  "@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th{color:#9aa4ae}}",
].join("");

/**
 * The drawing as the file of this name holds it.
 * @throws {OptionError} for a name that ends otherwise than in .svg or .html
 */
export function drawingFor(path: string, { svg, html }: Plot, owner: string): string {
  if (/\.svg$/i.test(path)) return svg;
  if (/\.html?$/i.test(path)) return html;
  throw new OptionError({
    code: "file-ending",
    what: `${owner} cannot tell which format "${path}" is to have`,
    expected: "a name that ends in .svg or .html",
    fix: 'Write ".svg" for a picture, ".html" for a page',
    data: { path },
  });
}
