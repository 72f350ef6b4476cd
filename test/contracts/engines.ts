import { nativeMachine } from "../../src/engine/native/machine.js";
import { OnnxEngine } from "../../src/engine/onnx/engine.js";
import { webMachine } from "../../src/engine/web/machine.js";

/** The engines that users' models run on; each must fulfil the whole contract. */
export const ENGINES: readonly (readonly [name: string, make: () => Promise<OnnxEngine>])[] = [
  ["native", async () => new OnnxEngine(await nativeMachine())],
  ["web", async () => new OnnxEngine(await webMachine())],
];
