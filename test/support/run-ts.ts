import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { writeWhole } from "../../scripts/emit-example.mjs";

export const ROOT: string = join(import.meta.dirname, "../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Strips the types of a program that imports "pawl" and writes it where that name resolves to this package. */
export function emitProgram(name: string, source: string, extension: "mjs" | "cjs" = "mjs"): string {
  const folder = join(ROOT, ".cache/tests");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.${extension}`);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  writeWhole(file, ts.transpileModule(source, { compilerOptions }).outputText);
  return file;
}

/** Runs a program in a fresh process. */
export function runNode(
  file: string,
  cwd: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd, env: { ...process.env, NO_COLOR: "1", ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
