import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { emitProgram, ROOT } from "../support/run-ts.js";

const PROGRAM = emitProgram(
  "environment",
  `import { layers, random, Sequential } from "pawl";
   try {
     const model = new Sequential([new layers.Dense(4, { inputShape: [3] })]);
     model.compile({ optimizer: "adam", loss: "mse" });
     await model.fit(random.normal([8, 3]), random.normal([8, 4]), { verbose: 0 });
     console.log("trained");
   } catch (error) {
     console.log(error.code + ": " + error.message);
   }`,
);

/** The program's output in a shell after the command `before`, under Node with these flags. */
function said(before: string, ...flags: readonly string[]): string {
  const command = `${before} exec "$0" "$@"`;
  const { stdout } = spawnSync("sh", ["-c", command, process.execPath, ...flags, PROGRAM], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return stdout;
}

test.runIf(process.platform === "linux")("a limit of address space is an error that says what to do", () => {
  const limit = "ulimit -v 4000000;";
  expect(said(limit)).toMatch(/^address-space: This process may not reserve the address space.*ulimit -v unlimited/);
  expect(said(limit, "--disable-wasm-trap-handler")).toBe("trained\n");
});

test("a missing WebAssembly is an error that says so", () => {
  expect(said("", "--jitless")).toMatch(/^no-webassembly: This process has no WebAssembly.*without --jitless/);
});
