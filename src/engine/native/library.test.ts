import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { findLibrary, LIBRARY_VERSION } from "./library.js";

const original = { platform: process.platform, arch: process.arch };
const pretend = (platform: string, arch: string): void => {
  Object.defineProperty(process, "platform", { value: platform });
  Object.defineProperty(process, "arch", { value: arch });
};

afterEach(() => {
  pretend(original.platform, original.arch);
  vi.unstubAllEnvs();
});

describe("the native library", () => {
  test("comes from the package onnxruntime-node, in the version of package.json", async () => {
    const { optionalDependencies } = (await import("../../../package.json", { with: { type: "json" } })).default;
    expect(optionalDependencies["onnxruntime-node"]).toBe(LIBRARY_VERSION);
    expect(findLibrary()).toMatchObject({ version: LIBRARY_VERSION });
  });

  test("is the file in PAWL_ONNXRUNTIME, if that is set", () => {
    const path = join(mkdtempSync(join(tmpdir(), "pawl-")), "libonnxruntime.so.1");
    writeFileSync(path, "");
    vi.stubEnv("PAWL_ONNXRUNTIME", path);
    expect(findLibrary()).toEqual({ path, version: LIBRARY_VERSION });
  });

  test("a missing file in PAWL_ONNXRUNTIME is an error; no other library is taken", () => {
    vi.stubEnv("PAWL_ONNXRUNTIME", "/nowhere/libonnxruntime.so.1");
    expect(findLibrary).toThrow(
      "The native engine cannot be used: there is no file /nowhere/libonnxruntime.so.1, which PAWL_ONNXRUNTIME names",
    );
  });

  test("does not exist for Macs with Intel processors, and the error suggests no useless command", () => {
    pretend("darwin", "x64");
    expect(findLibrary).toThrow(
      /^The native engine cannot be used: ONNX Runtime has no library for Macs with Intel processors \(darwin x64\)\.?$/,
    );
  });

  test("is the package's file for this system", () => {
    pretend("linux", "arm64");
    const { path } = findLibrary();
    expect(path).toContain(join("linux", "arm64", "libonnxruntime.so.1"));
  });
});
