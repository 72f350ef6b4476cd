/**
 * How much of its own graph optimization ONNX Runtime does. Tests compare the levels; "all" is what people run.
 */
export type OptimizationLevel = "disabled" | "basic" | "extended" | "all";

/** The levels' numbers in ONNX Runtime's C interface. */
export const LEVELS: Readonly<Record<OptimizationLevel, number>> = { disabled: 0, basic: 1, extended: 2, all: 99 };

/** The session option that lists disabled optimizers. */
export const LEFT_OUT_KEY = "optimization.disable_specified_optimizers";

/**
 * Optimizers of ONNX Runtime, by its names, that would change what our graphs compute. Pad_Fusion takes zeros around a
 * tensor for the padding of the window behind them, and refuses more of them than the window is wide. The others
 * combine constants or move them behind a product, which can overflow, or underflow to zero, where the graph as written
 * does not. FastGeluFusion takes away half of x, although something else may need it.
 */
export const LEFT_OUT: string = [
  "Pad_Fusion",
  "ConvAddFusion",
  "ConvMulFusion",
  "ConvBNFusion",
  "MatMul_BatchNormalization_Fusion",
  "MatMulScaleFusion",
  "FastGeluFusion",
].join(";");
