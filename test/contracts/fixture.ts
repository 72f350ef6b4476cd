import { readFileSync } from "node:fs";

/** The output of a script in interop/fixtures: values of real Keras. */
export function kerasFixture<T>(kind: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/keras/${kind}.json`, import.meta.url), "utf8"));
}
