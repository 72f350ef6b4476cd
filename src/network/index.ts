export { type AnyFunctional, Functional } from "./functional.js";
export { Input } from "./input.js";
export { type ChainOwner, LayerChain } from "./layer-chain.js";
export type { NetworkEnds } from "./network.js";
export type { NetworkOptions } from "./network-options.js";
export { oneShape } from "./one-shape.js";
export { chainConfig, readChainConfig } from "./sequential-config.js";
export type { Sized, SummaryOptions } from "./summary.js";
export type { Grouping, Topology } from "./topology.js";
