import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { optionFromKeras } from "../../src/core/option-names.js";
import { kerasFixture } from "./fixture.js";
import { NAMESPACES, type Namespace } from "./parity/namespaces.js";

type Names = readonly string[];
const KERAS = kerasFixture<Readonly<Record<string, readonly Names[]>> & { readonly keras: string }>("public-names");

/** Our name for one of Keras's: classes are the same, functions in camelCase. */
const ourName = (name: string): string => (/^[a-z]/.test(name) ? optionFromKeras(name) : name);

function has({ ours, get }: Namespace, name: string): boolean {
  if (Object.hasOwn(ours, ourName(name)) || Object.hasOwn(ours, name)) return true;
  try {
    return get?.(name) !== undefined;
  } catch {
    return false;
  }
}

const reasonFor = ({ missing }: Namespace, names: Names): string | undefined =>
  names.map((name) => missing[name]).find((reason) => reason !== undefined);

describe.each(Object.entries(NAMESPACES))("%s", (path, space) => {
  const known = KERAS[path]!;

  test("has every name of Keras's, or says why not", () => {
    const unexplained = known.filter(
      (names) => !names.some((name) => has(space, name)) && reasonFor(space, names) === undefined,
    );
    expect(unexplained.map((names) => names.join(", "))).toEqual([]);
  });

  test("gives no reason for what is there, or for what Keras does not have", () => {
    const all = new Set(known.flat());
    expect(Object.keys(space.missing).filter((name) => !all.has(name) || has(space, name))).toEqual([]);
  });

  test("has every other name of the same thing", () => {
    const without = known
      .filter((names) => names.some((name) => has(space, name)))
      .flatMap((names) => names.filter((name) => !has(space, name) && space.missing[name] === undefined));
    expect(without).toEqual([]);
  });
});

/** Parts of Keras that are counted: without those that wrap other frameworks, or serve Python alone. */
const isForeign = (reason: string | undefined): boolean => reason !== undefined && !reason.startsWith("not there yet");

test("the page of parity follows from these tables", async () => {
  const deviations = deviationsOf();
  const rows = Object.entries(NAMESPACES).map(([path, space]) => {
    const known = KERAS[path]!;
    const there = known.filter((names) => names.some((name) => has(space, name)));
    const counted = known.filter((names) => there.includes(names) || !isForeign(reasonFor(space, names)));
    return { path, space, known, there, counted };
  });
  const lines = [
    "# Parity with Keras",
    "",
    `Made by \`test/contracts/parity.test.ts\` from Pawl's exports and the public names of Keras ${KERAS.keras}`,
    "(`interop/fixtures/public_names.py`; CI fails when Keras has a name that is not here). Classes have Keras's names,",
    "functions and options the same in camelCase. The deviation is the largest that the contract tests find between what a",
    "member computes (outputs, gradients, states) and what real Keras does, relative to the largest number of its tensor;",
    "`npm run deviations` measures it anew.",
    "",
    "| namespace | there | of | share | left out, and why below |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows.map(({ path, there, counted, known }) => {
      const share = counted.length === 0 ? "none to have" : `${((100 * there.length) / counted.length).toFixed(0)} %`;
      return `| [\`${path}\`](#${path.replace(/[._]/g, "")}) | ${there.length} | ${counted.length} | ${share} | ${known.length - there.length} |`;
    }),
    "",
    ...rows.flatMap(({ path, space, known, there }) => [
      `## ${path}`,
      "",
      ...(there.length === 0 ? [] : [there.map((names) => member(path, space, names, deviations)).join(", "), ""]),
      ...(there.length === known.length
        ? []
        : [
            "| not there | why |",
            "| --- | --- |",
            ...known
              .filter((names) => !there.includes(names))
              .map(
                (names) => `| ${names.map((name) => `\`${name}\``).join(", ")} | ${reasonFor(space, names) ?? ""} |`,
              ),
            "",
          ]),
    ]),
  ];
  await expect(`${lines.join("\n").trimEnd()}\n`).toMatchFileSnapshot("../../docs/parity.md");
});

function member(path: string, space: Namespace, names: Names, deviations: Readonly<Record<string, number>>): string {
  const found = names.find((name) => has(space, name))!;
  const ours = Object.hasOwn(space.ours, ourName(found)) ? ourName(found) : found;
  const measured = deviations[`${path}.${ours}`];
  const off = measured === undefined ? "" : measured === 0 ? " (0)" : ` (${measured.toExponential(0)})`;
  return `\`${ours}\`${off}`;
}

function deviationsOf(): Readonly<Record<string, number>> {
  const path = new URL("../golden/deviations.json", import.meta.url);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, number>) : {};
}
