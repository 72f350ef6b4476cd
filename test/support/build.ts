import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Suites that use workers or fresh processes run against dist/: it is built once, before any of them. */
export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, "../../scripts/build.mjs")], { stdio: "inherit" });
}
