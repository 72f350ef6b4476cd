// Compiled, never run: names as types follow the names at run time.
import type { SnakeCase } from "../../src/core/class-names.js";
import type { initializers, losses, metrics, optimizers } from "../../src/index.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

const snake: readonly [
  Same<SnakeCase<"KLDivergence">, "kl_divergence">,
  Same<SnakeCase<"F1Score">, "f1_score">,
  Same<SnakeCase<"FBetaScore">, "f_beta_score">,
  Same<SnakeCase<"MaxNorm">, "max_norm">,
  Same<SnakeCase<"L1L2">, "l1l2">,
  Same<SnakeCase<"AUC">, "auc">,
  Same<SnakeCase<"SparseTopKCategoricalAccuracy">, "sparse_top_k_categorical_accuracy">,
] = [true, true, true, true, true, true, true];

type Names = losses.LossName | metrics.MetricName | optimizers.OptimizerName | initializers.InitializerName;
// @ts-expect-error the sets are closed
const open: Names = "anything";

export { open, snake };
