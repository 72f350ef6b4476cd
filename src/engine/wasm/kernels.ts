import type { Segment } from "../arena.js";
import { assemble } from "./assemble.js";
import { MAX_POOL_GRAD } from "./max-pool-grad.js";
import { PHILOX } from "./philox.js";

/** The assembled functions over one segment's memory; all parameters are 32-bit integers. */
export interface WasmKernels {
  words(out: number, blocks: number, seed: number, stream: number, low: number, high: number): void;
  uniforms(out: number, blocks: number, seed: number, stream: number, low: number, high: number): void;
  maxPoolGrad(...parameters: number[]): void;
  maxPoolGrad2(...parameters: number[]): void;
}

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

let module: object | undefined;
const instances = new WeakMap<Segment, WasmKernels>();

/** The kernels for a segment, assembled once and instantiated once a segment. */
export function kernelsOf(segment: Segment): WasmKernels {
  let kernels = instances.get(segment);
  if (kernels === undefined) {
    const isShared = !(segment.memory.buffer instanceof ArrayBuffer);
    module ??= new WebAssembly.Module(assemble(`${PHILOX}${MAX_POOL_GRAD}`, isShared));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: segment.memory } });
    instances.set(segment, (kernels = exports as WasmKernels));
  }
  return kernels;
}
