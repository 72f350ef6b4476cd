import { afterEach, describe, expect, it, vi } from "vitest";
import { OptionError } from "../../src/core/errors.js";
import { unavailable } from "../../src/engine/native/library.js";

/** A fresh copy of the module, since it remembers its choice. */
async function fresh(choice: string): Promise<typeof import("../../src/engine/index.js")> {
  vi.resetModules();
  vi.stubEnv("PAWL_ENGINE", choice);
  return await import("../../src/engine/index.js");
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock("../../src/engine/native/machine.js");
  vi.restoreAllMocks();
});

describe("the default engine", () => {
  it.each([
    ["", "onnxruntime-native"],
    ["native", "onnxruntime-native"],
    ["web", "onnxruntime-web"],
    ["interpreter", "interpreter"],
  ])("with PAWL_ENGINE=%s is %s", async (choice, name) => {
    const { defaultEngine } = await fresh(choice);
    const engine = await defaultEngine();
    expect(engine.name).toBe(name);
    expect(await defaultEngine()).toBe(engine);
  });

  it("is the one that was set, until null is set", async () => {
    const { defaultEngine, interpreterEngine, setDefaultEngine } = await fresh("");
    const mine = interpreterEngine();
    setDefaultEngine(mine);
    expect(await defaultEngine()).toBe(mine);
    setDefaultEngine(null);
    expect((await defaultEngine()).name).toBe("onnxruntime-native");
  });

  it("refuses unknown names", async () => {
    const { defaultEngine } = await fresh("cuda");
    await expect(defaultEngine()).rejects.toThrow(
      'The environment variable PAWL_ENGINE names no engine. Received: "cuda". Expected: "native", "web", "interpreter".',
    );
    await expect(defaultEngine()).rejects.toMatchObject({ name: OptionError.name });
  });

  it("is WebAssembly where the native one cannot load, with one warning that says how to fix it", async () => {
    vi.doMock("../../src/engine/native/machine.js", () => ({
      nativeMachine: () => Promise.reject(unavailable("the package onnxruntime-node is not installed")),
    }));
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { defaultEngine } = await fresh("");
    expect((await defaultEngine()).name).toBe("onnxruntime-web");
    await defaultEngine();
    expect(warn.mock.calls).toEqual([
      [
        "pawl: running on WebAssembly (onnxruntime-web), several times slower than native. The native engine cannot be used: " +
          "the package onnxruntime-node is not installed. Run `npm install --ignore-scripts onnxruntime-node@1.30.0`.",
      ],
    ]);
  });

  it("is an error where the native one was requested and cannot load", async () => {
    vi.doMock("../../src/engine/native/machine.js", () => ({
      nativeMachine: () => Promise.reject(unavailable("the package onnxruntime-node is not installed")),
    }));
    const { defaultEngine } = await fresh("native");
    await expect(defaultEngine()).rejects.toThrow("The native engine cannot be used");
  });
});
