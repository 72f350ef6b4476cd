import { readFileSync } from "node:fs";

/** What a script of interop/fixtures wrote: values of real Keras. */
export function kerasFixture<T>(kind: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/keras/${kind}.json`, import.meta.url), "utf8"));
}
