import { resolveOptions } from "../../core/options.js";
import { shown } from "../../core/shown.js";
import type { AnyFunctional } from "../../network/index.js";
import { type Box, type Cluster, drawingOf } from "./drawing.js";
import { PLOT, type PlotOptions } from "./plot-options.js";

/**
 * The graph of a model in Mermaid's language, which Markdown pages show as a picture.
 * @throws {StateError} for a model that is not built
 */
export function modelToMermaid(model: AnyFunctional, options?: PlotOptions): string {
  const resolved = resolveOptions("modelToMermaid", PLOT, options);
  const { items, edges } = drawingOf(model, resolved);
  return [
    `flowchart ${resolved.rankdir}`,
    ...items.flatMap((item) => linesOf(item, "  ")),
    ...edges.map(([from, to]) => `  ${from} --> ${to}`),
    "",
  ].join("\n");
}

function linesOf(item: Box | Cluster, indent: string): string[] {
  if ("items" in item) {
    const inner = item.items.flatMap((one) => linesOf(one, `${indent}  `));
    return [`${indent}subgraph ${item.id}["${escaped(item.name)}"]`, ...inner, `${indent}end`];
  }
  return [`${indent}${item.id}["${textOf(item).map(escaped).join("<br/>")}"]`];
}

/** The lines of a box as plain text. */
export function textOf({ name, className, facts, trainable }: Box): string[] {
  return [
    name === null ? className : `${name} (${className})`,
    ...facts.map(([what, text]) => `${what}: ${text}`),
    ...(trainable === null ? [] : [trainable ? "Trainable" : "Non-trainable"]),
  ];
}

/** Mermaid's entities are numbers between # and ;. */
function escaped(text: string): string {
  return shown(text).replace(/[#"<>&;`]/g, (character) => `#${character.codePointAt(0)};`);
}
