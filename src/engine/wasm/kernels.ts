import type { Segment } from "../arena.js";
import { assemble } from "./assemble.js";
import { MAX_POOL_GRAD, MAX_POOL_GRAD_2 } from "./max-pool-grad.js";
import { PATCHES } from "./patches.js";
import { PHILOX } from "./philox.js";

/** The assembled functions over one segment's memory; all parameters are 32-bit integers. */
export interface WasmKernels {
  words(out: number, blocks: number, seed: number, stream: number, low: number, high: number): void;
  uniforms(out: number, blocks: number, seed: number, stream: number, low: number, high: number): void;
  maxPoolGrad(...parameters: number[]): void;
  maxPoolGrad2(...parameters: number[]): void;
  patches(...parameters: number[]): void;
}

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

type Functions = Readonly<Record<string, (...parameters: number[]) => void>>;

const modules = new Map<string, object>();
const instances = new WeakMap<Segment, Map<string, Functions>>();

/** The compiled text, for memory such as the segment's. */
export function moduleOf(text: string, segment: Segment): object {
  const isShared = !(segment.memory.buffer instanceof ArrayBuffer);
  const key = `${isShared}:${text}`;
  let module = modules.get(key);
  if (module === undefined) modules.set(key, (module = new WebAssembly.Module(assemble(text, isShared))));
  return module;
}

/** The functions of a text over a segment's memory; assembled once, instantiated once a segment. */
export function instantiate(text: string, segment: Segment): Functions {
  let known = instances.get(segment);
  if (known === undefined) instances.set(segment, (known = new Map()));
  let functions = known.get(text);
  if (functions === undefined) {
    const { exports } = new WebAssembly.Instance(moduleOf(text, segment), { env: { memory: segment.memory } });
    known.set(text, (functions = exports as Functions));
  }
  return functions;
}

const TEXT = `${PHILOX}${MAX_POOL_GRAD}${MAX_POOL_GRAD_2}${PATCHES}`;

/** The kernels that every program may need. */
export function kernelsOf(segment: Segment): WasmKernels {
  return instantiate(TEXT, segment) as unknown as WasmKernels;
}
