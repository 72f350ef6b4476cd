import type { PrimitiveName } from "../../graph/primitive.js";
import type { Kernel } from "./kernel.js";
import { maxPoolGrad } from "./max-pool-grad.js";
import { scatterAdd } from "./scatter-add.js";

/** The primitives that no session computes. */
export const KERNELS: { readonly [P in PrimitiveName]?: Kernel<P> } = { maxPoolGrad, scatterAdd };
