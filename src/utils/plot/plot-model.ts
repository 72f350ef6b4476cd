import { OptionError } from "../../core/errors.js";
import { bool, type Fields, nullable, oneOf, resolveOptions } from "../../core/options.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { nodeVfs } from "../../core/vfs-node.js";
import type { AnyFunctional } from "../../network/index.js";
import { commitFile } from "../../store/index.js";
import { modelToDot } from "./model-to-dot.js";
import { modelToMermaid } from "./model-to-mermaid.js";
import { modelToSvg } from "./model-to-svg.js";
import { PLOT, type PlotOptions } from "./plot-options.js";

/** Options of `plotModel`. */
export interface PlotModelOptions extends PlotOptions {
  /** Default null: what the end of the path says (.svg, .dot or .gv, .mmd or .mermaid), and "svg" without a path. */
  readonly format?: "svg" | "dot" | "mermaid" | null;
  /** false: an existing file is an error. Default true. */
  readonly overwrite?: boolean;
}

const FIELDS: Fields<PlotModelOptions> = {
  ...PLOT,
  showLayerNames: bool(false),
  format: nullable(oneOf(["svg", "dot", "mermaid"])),
  overwrite: bool(true),
};

const DRAW = { svg: modelToSvg, dot: modelToDot, mermaid: modelToMermaid };
const ENDINGS: Readonly<Record<string, keyof typeof DRAW>> = {
  ".svg": "svg",
  ".dot": "dot",
  ".gv": "dot",
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
};

/**
 * Draws a model: a box a layer, an edge from each to those that take what it gives. Writes the drawing if there is a path.
 * Unlike Keras it needs neither pydot nor Graphviz.
 * @param path where to write it; null (the default): nowhere
 * @returns the text of the drawing: SVG, Graphviz's or Mermaid's language
 * @throws {OptionError} for a path that ends otherwise, e.g. in ".png"
 * @throws {StateError} for a model that is not built
 * @example await utils.plotModel(model, "model.svg", { showShapes: true, showLayerNames: true });
 */
export async function plotModel(
  model: AnyFunctional,
  path: FilePath | null = null,
  options?: PlotModelOptions,
): Promise<string> {
  const { format, overwrite, ...shows } = resolveOptions("plotModel", FIELDS, options);
  const file = path === null ? null : pathOf(path, "plotModel: path");
  const said = file === null ? "svg" : ENDINGS[/\.[^./\\]*$/u.exec(file)?.[0].toLowerCase() ?? ""];
  const kind = format ?? said;
  if (kind === undefined) throw wrongEnding(file!);
  const text = DRAW[kind](model, shows);
  if (file !== null) await commitFile(nodeVfs(), file, new TextEncoder().encode(text), { overwrite });
  return text;
}

function wrongEnding(path: string): OptionError {
  return new OptionError({
    code: "file-ending",
    what: `plotModel cannot tell which format "${path}" is to have`,
    expected: `a name that ends in one of ${Object.keys(ENDINGS).join(", ")}, or format`,
    fix: 'Write ".svg"; for pixels write ".dot" and run Graphviz: dot -Tpng model.dot -o model.png',
    data: { path },
  });
}
