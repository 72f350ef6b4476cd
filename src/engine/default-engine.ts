import type { Engine } from "./engine.js";
export function defaultEngine(): Promise<Engine> {
  throw new Error("pending");
}
export function interpreterEngine(): Engine {
  throw new Error("pending");
}
export function setDefaultEngine(_engine: Engine | null): void {}
