import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import type { GraphBuilder } from "./graph-builder.js";

/** What is emitted for a value: its operation, perhaps on simpler operands (peel.ts). */
export type Node<P extends PrimitiveName = PrimitiveName> = Omit<Value<P>, "id">;

/** Writes the nodes of one value: takes the names of its operands, returns the name of its result. */
export type Emit<P extends PrimitiveName> = (node: Node<P>, inputs: readonly string[], graph: GraphBuilder) => string;

/** "leaf": no session computes the value; it is fed, or the rows of another one. "family": written together with other results of the same node. */
export type Rule<P extends PrimitiveName> = Emit<P> | "leaf" | "family";

/** Rules of some primitives. */
export type Emits<P extends PrimitiveName> = { readonly [K in P]: Emit<K> };
