import * as pawl from "../../../src/index.js";
import { NOT_IN_ACTIVATIONS } from "./activations.js";
import { NOT_IN_CALLBACKS } from "./callbacks.js";
import { NOT_IN_CONFIG } from "./config.js";
import { NOT_IN_CONSTRAINTS } from "./constraints.js";
import { NOT_IN_DTYPE_POLICIES } from "./dtype-policies.js";
import { NOT_IN_INITIALIZERS } from "./initializers.js";
import { NOT_IN_LAYERS } from "./layers.js";
import { NOT_IN_LOSSES } from "./losses.js";
import { NOT_IN_METRICS } from "./metrics.js";
import { NOT_IN_OPS, NOT_IN_RANDOM } from "./ops.js";
import { NOT_IN_OPTIMIZERS } from "./optimizers.js";
import { NOT_IN_REGULARIZERS } from "./regularizers.js";
import { NOT_IN_SCHEDULES } from "./schedules.js";
import { NOT_IN_UTILS } from "./utils.js";

/** A namespace of Keras: what Pawl has under it, and why it has not the rest. */
export interface Namespace {
  readonly ours: object;
  /** Keras's names that Pawl does not have, with the reason. */
  readonly missing: Readonly<Record<string, string>>;
  /** Finds what an option that takes a name would find; throws for unknown names. */
  readonly get?: (name: string) => unknown;
}

const PICKLED = "its file holds pickled lists, which can run code when they are read";

export const NAMESPACES: Readonly<Record<string, Namespace>> = {
  layers: { ours: { ...pawl.layers, Input: pawl.Input }, missing: NOT_IN_LAYERS },
  activations: { ours: pawl.activations, missing: NOT_IN_ACTIVATIONS },
  ops: { ours: pawl.ops, missing: NOT_IN_OPS },
  "ops.image": { ours: pawl.ops.image, missing: {} },
  random: { ours: pawl.random, missing: NOT_IN_RANDOM },
  losses: { ours: pawl.losses, missing: NOT_IN_LOSSES, get: pawl.losses.get as never },
  metrics: { ours: pawl.metrics, missing: NOT_IN_METRICS, get: pawl.metrics.get as never },
  optimizers: { ours: pawl.optimizers, missing: NOT_IN_OPTIMIZERS },
  "optimizers.schedules": { ours: pawl.schedules, missing: NOT_IN_SCHEDULES },
  initializers: { ours: pawl.initializers, missing: NOT_IN_INITIALIZERS, get: pawl.initializers.get as never },
  regularizers: { ours: pawl.regularizers, missing: NOT_IN_REGULARIZERS, get: pawl.regularizers.get as never },
  constraints: { ours: pawl.constraints, missing: NOT_IN_CONSTRAINTS, get: pawl.constraints.get as never },
  callbacks: { ours: pawl.callbacks, missing: NOT_IN_CALLBACKS },
  utils: { ours: pawl.utils, missing: NOT_IN_UTILS },
  "utils.bounding_boxes": { ours: pawl.utils.boundingBoxes, missing: {} },
  applications: { ours: pawl.applications, missing: {} },
  datasets: { ours: pawl.datasets, missing: { imdb: PICKLED, reuters: PICKLED } },
  config: { ours: {}, missing: NOT_IN_CONFIG },
  dtype_policies: { ours: {}, missing: NOT_IN_DTYPE_POLICIES },
};
