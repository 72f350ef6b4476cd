import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import type { GraphBuilder } from "./graph-builder.js";

/** Writes the nodes of one value: names of its operands' results in, name of its own result out. */
export type Emit<P extends PrimitiveName> = (node: Value<P>, inputs: readonly string[], graph: GraphBuilder) => string;

/** "leaf": no session computes the value; it is fed. "family": written together with other results of the same node. */
export type Rule<P extends PrimitiveName> = Emit<P> | "leaf" | "family";

/** Rules of some primitives. */
export type Emits<P extends PrimitiveName> = { readonly [K in P]: Emit<K> };
