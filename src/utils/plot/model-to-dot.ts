import { escapeXml } from "../../core/escape-xml.js";
import { resolveOptions } from "../../core/options.js";
import { shown } from "../../core/shown.js";
import type { AnyFunctional } from "../../network/index.js";
import { type Box, type Cluster, drawingOf } from "./drawing.js";
import { DOT, type DotOptions } from "./plot-options.js";

/**
 * The graph of a model in Graphviz's language, with Keras's tables for labels: `dot -Tpng model.dot -o model.png`.
 * @throws {StateError} for a model that is not built
 */
export function modelToDot(model: AnyFunctional, options?: DotOptions): string {
  const resolved = resolveOptions("modelToDot", DOT, options);
  const { name, items, edges } = drawingOf(model, resolved);
  return [
    `digraph ${quoted(name)} {`,
    `  graph [rankdir=${resolved.rankdir}, concentrate=true, dpi=${resolved.dpi}, splines=${resolved.splines}];`,
    '  node [shape=plain, fontname="Helvetica", margin=0];',
    ...items.flatMap((item) => linesOf(item, "  ")),
    ...edges.map(([from, to]) => `  ${from} -> ${to} [penwidth=2];`),
    "}",
    "",
  ].join("\n");
}

function linesOf(item: Box | Cluster, indent: string): string[] {
  if (!("items" in item)) return [`${indent}${item.id} [label=<${tableOf(item)}>];`];
  return [
    `${indent}subgraph cluster_${item.id} {`,
    `${indent}  style=dashed; labeljust=l; label=${quoted(item.name)};`,
    ...item.items.flatMap((inner) => linesOf(inner, `${indent}  `)),
    `${indent}}`,
  ];
}

/** Graphviz's own kind of HTML: a black title over a row of white cells. */
function tableOf({ name, className, facts, trainable }: Box): string {
  const title =
    name === null ? `<b>${escapeXml(className)}</b>` : `<b>${escapeXml(name)}</b> (${escapeXml(className)})`;
  const cells = facts.map(
    ([what, text]) => `<td bgcolor="white"><font point-size="14">${what}: <b>${escapeXml(text)}</b></font></td>`,
  );
  if (trainable !== null) {
    const [color, text] = trainable ? ["forestgreen", "Trainable"] : ["firebrick", "Non-trainable"];
    cells.push(`<td bgcolor="${color}"><font point-size="14" color="white"><b>${text}</b></font></td>`);
  }
  const span = Math.max(1, cells.length);
  const head = `<tr><td colspan="${span}" bgcolor="black"><font point-size="16" color="white">${title}</font></td></tr>`;
  const row = cells.length === 0 ? "" : `<tr>${cells.join("")}</tr>`;
  return `<table border="0" cellborder="1" bgcolor="black" cellpadding="10">${head}${row}</table>`;
}

const quoted = (text: string): string => `"${shown(text).replace(/["\\]/g, "\\$&")}"`;
