import type { Constraint } from "../../constraints/index.js";
import type { Config } from "../../core/parts.js";
import type { StaticShape } from "../../core/shape.js";
import type { GraphDType } from "../../graph/value.js";
import type { InitializerIdentifier } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { Layer } from "./layer.js";

/** What a weight is made with. */
export interface WeightOptions {
  readonly shape: StaticShape;
  /** Default: "glorot_uniform" for float weights, "zeros" for others. */
  readonly initializer?: InitializerIdentifier;
  readonly regularizer?: Regularizer | null;
  readonly constraint?: Constraint | null;
  /** Default true. False for state that training changes otherwise, such as moving averages. */
  readonly trainable?: boolean;
  readonly dtype?: GraphDType;
}

/** How a layer turns its config back into itself. */
export interface LayerClass {
  readonly className: string;
  // biome-ignore lint/suspicious/noExplicitAny: constructors of any layers, as registries collect them
  new (...args: any[]): Layer;
  fromConfig(config: Config, resolve: Resolve): Layer;
}

/**
 * Finds a class of layers by the name that a file has for it; whoever loads decides what there is. `registeredName` is
 * Keras's `package>ClassName` of user classes.
 */
export type Resolve = (className: string, registeredName: string | null) => LayerClass | undefined;
