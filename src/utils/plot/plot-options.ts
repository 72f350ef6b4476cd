import { bool, type Fields, int, oneOf } from "../../core/options.js";

/** What a drawing of a model shows, as in Keras. */
export interface PlotOptions {
  /** Shows shapes of inputs and outputs. Default false. */
  readonly showShapes?: boolean;
  /** Shows dtypes of outputs. Default false. */
  readonly showDtype?: boolean;
  /** Shows names of layers beside their classes. Default true; false for `plotModel`, as in Keras. */
  readonly showLayerNames?: boolean;
  /** Direction: "TB" from top to bottom, "LR" from left to right, "BT" and "RL" backwards. Default "TB". */
  readonly rankdir?: "TB" | "LR" | "BT" | "RL";
  /** Shows the layers of models inside. Default false. */
  readonly expandNested?: boolean;
  /** Shows activations of layers that have one. Default false. */
  readonly showLayerActivations?: boolean;
  /** Tells layers with weights that are trained from those that are frozen. Default false. */
  readonly showTrainable?: boolean;
}

/** Options of `modelToDot`. */
export interface DotOptions extends PlotOptions {
  /** Dots per inch where Graphviz makes pixels of it. Default 200. */
  readonly dpi?: number;
  /** How Graphviz draws edges. Default "ortho", right angles. */
  readonly splines?: "ortho" | "curved" | "polyline" | "spline" | "line";
}

export const PLOT: Fields<PlotOptions> = {
  showShapes: bool(false),
  showDtype: bool(false),
  showLayerNames: bool(true),
  rankdir: oneOf(["TB", "LR", "BT", "RL"], { default: "TB" }),
  expandNested: bool(false),
  showLayerActivations: bool(false),
  showTrainable: bool(false),
};

export const DOT: Fields<DotOptions> = {
  ...PLOT,
  dpi: int({ min: 1 }, { default: 200 }),
  splines: oneOf(["ortho", "curved", "polyline", "spline", "line"], { default: "ortho" }),
};
