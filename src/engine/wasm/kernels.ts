import type { Segment } from "../arena.js";
import { assemble } from "./assemble.js";

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

type Functions = Readonly<Record<string, (...parameters: number[]) => number | undefined>>;

const modules = new Map<string, object>();
const instances = new WeakMap<Segment, Map<string, Functions>>();

/** The compiled text, for the segment's kind of memory. */
export function moduleOf(text: string, segment: Segment): object {
  const isShared = !(segment.memory.buffer instanceof ArrayBuffer);
  const key = `${isShared}:${text}`;
  let module = modules.get(key);
  if (module === undefined) modules.set(key, (module = new WebAssembly.Module(assemble(text, isShared))));
  return module;
}

/** The functions of a text over a segment's memory; assembled once, instantiated once per segment. */
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
