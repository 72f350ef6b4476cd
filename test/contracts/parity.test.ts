import { describe, expect, test } from "vitest";
import * as pawl from "../../src/index.js";
import { kerasFixture } from "./fixture.js";
import { NOT_IN_ACTIVATIONS } from "./parity/activations.js";
import { NOT_IN_CALLBACKS } from "./parity/callbacks.js";
import { NOT_IN_CONFIG } from "./parity/config.js";
import { NOT_IN_CONSTRAINTS } from "./parity/constraints.js";
import { NOT_IN_DTYPE_POLICIES } from "./parity/dtype-policies.js";
import { NOT_IN_INITIALIZERS } from "./parity/initializers.js";
import { NOT_IN_LAYERS } from "./parity/layers.js";
import { NOT_IN_LOSSES } from "./parity/losses.js";
import { NOT_IN_METRICS } from "./parity/metrics.js";
import { NOT_IN_OPTIMIZERS } from "./parity/optimizers.js";
import { NOT_IN_REGULARIZERS } from "./parity/regularizers.js";
import { NOT_IN_SCHEDULES } from "./parity/schedules.js";

const KERAS = kerasFixture<Record<string, readonly string[]>>("public");

interface Namespace {
  readonly ours: object;
  readonly missing: Readonly<Record<string, string>>;
  /** Finds what an option that takes a name would find; throws for unknown names. */
  readonly get?: (name: string) => unknown;
}

const NAMESPACES: Readonly<Record<string, Namespace>> = {
  activations: { ours: pawl.activations, missing: NOT_IN_ACTIVATIONS },
  callbacks: { ours: pawl.callbacks, missing: NOT_IN_CALLBACKS },
  config: { ours: {}, missing: NOT_IN_CONFIG },
  constraints: { ours: pawl.constraints, missing: NOT_IN_CONSTRAINTS, get: pawl.constraints.get as never },
  dtype_policies: { ours: {}, missing: NOT_IN_DTYPE_POLICIES },
  initializers: { ours: pawl.initializers, missing: NOT_IN_INITIALIZERS, get: pawl.initializers.get as never },
  layers: { ours: { ...pawl.layers, Input: pawl.Input }, missing: NOT_IN_LAYERS },
  losses: { ours: pawl.losses, missing: NOT_IN_LOSSES, get: pawl.losses.get as never },
  metrics: { ours: pawl.metrics, missing: NOT_IN_METRICS, get: pawl.metrics.get as never },
  optimizers: { ours: { ...pawl.optimizers, schedules: pawl.schedules }, missing: NOT_IN_OPTIMIZERS },
  "optimizers.schedules": { ours: pawl.schedules, missing: NOT_IN_SCHEDULES },
  regularizers: { ours: pawl.regularizers, missing: NOT_IN_REGULARIZERS, get: pawl.regularizers.get as never },
};

const camel = (name: string): string =>
  /^[a-z]/u.test(name) ? name.replace(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase()) : name;

function isHere({ ours, get }: Namespace, name: string): boolean {
  if (Object.hasOwn(ours, name) || Object.hasOwn(ours, camel(name))) return true;
  try {
    return get?.(name) !== undefined;
  } catch {
    return false;
  }
}

test("the namespaces are those of the fixture", () => {
  expect(Object.keys(NAMESPACES).sort()).toEqual(Object.keys(KERAS).sort());
});

describe.each(Object.entries(NAMESPACES))("keras.%s", (path, namespace) => {
  const names = KERAS[path]!;
  const { missing } = namespace;

  test("every public name is here, or in the table of what is not", () => {
    expect(names.filter((name) => !isHere(namespace, name) && !Object.hasOwn(missing, name))).toEqual([]);
  });

  test("a name that came has left the table, which has no other names and gives reasons", () => {
    // What is on its way may come at any time.
    const said = Object.entries(missing).filter(([, reason]) => !reason.startsWith("not there yet"));
    expect(said.map(([name]) => name).filter((name) => isHere(namespace, name))).toEqual([]);
    expect(Object.keys(missing).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.values(missing).filter((reason) => reason.length < 10)).toEqual([]);
  });
});
