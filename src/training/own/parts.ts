import { OptionError } from "../../core/errors.js";
import { classNameOf } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import { Variable } from "../../engine/index.js";
import { carriedStates, Layer } from "../../layers/index.js";
import { Metric } from "../../metrics/index.js";
import { Optimizer } from "../../optimizers/index.js";
import { withoutNames } from "../run/run-conditions.js";
import { modelPart, requireBuilt, trainerOf } from "./model-part.js";
import { optimizerPart } from "./optimizer-part.js";
import { type Part, partName } from "./part.js";
import { isPlainPart, plainPart } from "./plain-part.js";
import { isRestorable, statefulPart } from "./stateful-part.js";
import { variablesPart } from "./variables-part.js";

/**
 * What a run can hold: models, optimizers, layers, metrics, Variables, objects with `getState` and `setState` (see
 * {@link Restorable}), and plain data such as counters (`{ episodes: 0 }`), lists, Maps, Sets and typed arrays, which are
 * restored in place. Types cannot tell a plain object from one of a class: that is checked when the run is opened.
 */
export type RunPart = object;

/**
 * The parts of a run by name.
 * @throws {OptionError} for an object that cannot be restored, or that is given twice
 */
export function partsOf(given: Readonly<Record<string, RunPart>>): ReadonlyMap<string, Part> {
  if (!isPlainObject(given)) {
    throw new OptionError({
      code: "run-parts",
      what: "openRun takes the parts of the run as an object, by name",
      received: valueText(given),
      fix: "openRun(dir, { agent, memory, game })",
    });
  }
  const parts = new Map<string, Part>();
  const names = new Map<unknown, string>();
  for (const [name, object] of Object.entries(given)) {
    const before = names.get(object);
    if (before !== undefined) throw givenTwice(name, before);
    names.set(object, name);
    parts.set(name, partOf(name, object));
    // A model of a user may have a state besides that of a model.
    if (parts.get(name)!.kind !== "stateful" && isRestorable(object))
      parts.set(`${name}.getState`, statefulPart(name, object));
  }
  return parts;
}

function partOf(name: string, object: unknown): Part {
  if (typeof object !== "object" || object === null) throw noPart(name, object);
  const trainer = trainerOf(object);
  if (trainer !== null) return modelPart(name, object, trainer);
  if (object instanceof Optimizer) return optimizerPart(name, object as Optimizer);
  if (object instanceof Layer) requireBuilt(name, object);
  const kind = kindOf(object);
  if (kind !== null) return variablesPart(name, { ...kind, object });
  if (isRestorable(object)) return statefulPart(name, object);
  if (isPlainPart(object)) return plainPart(name, object);
  throw noPart(name, object);
}

/** The objects whose state is in variables alone. */
function kindOf(object: object): Omit<Parameters<typeof variablesPart>[1], "object"> | null {
  if (object instanceof Variable) {
    return {
      kind: "variable",
      identity: () => ({ shape: object.shape, dtype: object.dtype }),
      variables: () => [object],
      place: "weights",
    };
  }
  if (object instanceof Metric) {
    return {
      kind: "metric",
      identity: () => ({ class: classNameOf(object.constructor), name: object.name }),
      variables: () => object.variables,
      place: "values",
    };
  }
  if (!(object instanceof Layer)) return null;
  return {
    kind: "layer",
    identity: (): Json => ({ class: classNameOf(object.constructor), config: withoutNames(object.getConfig()) }),
    variables: () => [...object.weights, ...carriedStates(object)],
    place: "weights",
  };
}

function givenTwice(name: string, before: string): OptionError {
  return new OptionError({
    code: "run-part-twice",
    what: `${partName(before)} and ${partName(name)} of this run are the same object`,
    fix: "Give it once",
    data: { parts: [before, name] },
  });
}

/** Most fields that the example in the message names. */
const SHOWN = 3;

function noPart(name: string, object: unknown): OptionError {
  const isObject = typeof object === "object" && object !== null;
  const fields = isObject && !Array.isArray(object) ? Object.keys(object).filter((key) => /^[a-z]\w*$/i.test(key)) : [];
  const state = (fields.length === 0 ? ["score"] : fields.slice(0, SHOWN)).map((key) => `${key}: this.${key}`);
  return new OptionError({
    code: "run-part",
    what: `${partName(name)} of this run cannot be saved and restored`,
    received: valueText(object),
    expected:
      "a model, an optimizer, a layer, a metric, a Variable, plain data, or an object with getState and setState",
    fix: isObject
      ? `Give ${objectName(object)} two methods: getState() { return { ${state.join(", ")} }; } and ` +
        "setState(state) { Object.assign(this, state); }"
      : `Hold it in an object that keeps it: { value: ${valueText(object)} }`,
    data: { part: name },
  });
}

function objectName(object: object): string {
  const { name } = object.constructor ?? {};
  return name === undefined || name === "Object" ? "it" : name;
}
