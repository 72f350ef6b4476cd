import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../fixtures/keras/", import.meta.url);

/** The output of a script in interop/fixtures: values of real Keras. */
export function kerasFixture<T>(kind: string): T {
  return JSON.parse(readFileSync(new URL(`${kind}.json`, root), "utf8"));
}

/** The output of a script whose cases stand in families: a file each, whose keys are one table. */
export function kerasFamilies<T>(kind: string): Readonly<Record<string, T>> {
  const files = readdirSync(new URL(kind, root)).sort();
  return Object.assign({}, ...files.map((file) => kerasFixture(`${kind}/${file.replace(/\.json$/, "")}`)));
}
