import { OptionError } from "../core/errors.js";
import {
  type Grouped,
  inStructure,
  keysIn,
  type Structure,
  sameStructure,
  structureOf,
  structureText,
} from "../core/grouped.js";
import type { Shape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import type { Value } from "../graph/value.js";
import type { CallForm, CallMasks } from "../layers/base/call-form.js";
import type { Inputs } from "../layers/base/inputs.js";
import { valuesOf } from "../layers/base/inputs.js";
import { shapeOf } from "../layers/base/invoke.js";
import { isKerasTensor, type KerasTensor } from "../layers/base/keras-tensor.js";
import { notAResult } from "../layers/base/layer-errors.js";
import { isValue } from "../ops/operand.js";

interface FormedModel {
  readonly label: string;
  /** Whether it is a `call` of the user's that says what the model takes and gives, and no graph. */
  readonly ownsForm: boolean;
  /** Whether the class has a `call` of its own. */
  readonly hasOwnCall: boolean;
  /** Names of the inputs of a graph of layers, by which records are taken too; null when there is none. */
  readonly graphNames: readonly string[] | null;
}

const isTensor = (value: unknown): value is Value | KerasTensor => isValue(value) || isKerasTensor(value);

/**
 * How a model groups what it takes and gives: as its inputs and outputs were given, or, where `call` is a user's, as in its
 * first call.
 */
export class ModelForm implements CallForm {
  readonly #model: FormedModel;
  #takes: Structure | null = null;
  #gives: Structure | null = null;
  #shapes: readonly Shape[] | null = null;

  constructor(model: FormedModel) {
    this.#model = model;
  }

  /** Shapes of the first call that went well; null before. */
  get calledFor(): readonly Shape[] | null {
    return this.#shapes;
  }

  /** What the model takes; null while nobody knows. */
  get takes(): Structure | null {
    return this.#takes;
  }

  /** Sets what a graph of layers takes and gives. */
  fix(inputs: unknown, outputs: unknown): void {
    this.#takes = structureOf(inputs, isKerasTensor)?.structure ?? null;
    const gives = structureOf(outputs, isKerasTensor)?.structure;
    this.#gives = gives === undefined || this.#model.hasOwnCall || keysIn(gives) === undefined ? null : gives;
  }

  /** Forgets a call that did not go well. */
  forget(): void {
    this.#takes = null;
    this.#gives = null;
    this.#shapes = null;
  }

  /** Sets what the model takes, unless it is known. @throws {OptionError} when it is another one */
  expect(structure: Structure): void {
    const takes = (this.#takes ??= structure);
    if (!sameStructure(takes, structure)) throw this.#otherStructure(structure, takes);
  }

  inward(given: unknown): unknown {
    const found = structureOf(given, isTensor);
    if (found === undefined) return given;
    const { structure, row } = found;
    const takes = this.#takes;
    if (takes === null) {
      if (this.#model.ownsForm) this.#takes = structure;
      return row;
    }
    // A row is taken for whatever it stands for: networks that repeat calls have rows.
    if (structure.kind !== "record" && structure.parts === undefined) return row;
    const isNested = takes.parts !== undefined || structure.parts !== undefined;
    if (isNested) {
      if (!sameStructure(takes, structure)) throw this.#otherStructure(structure, takes);
      return row;
    }
    if (takes.kind === "record") {
      if (!sameNames(takes.names, structure.names)) throw this.#wrongNames(structure.names, takes.names);
      return row;
    }
    const names = this.#model.graphNames;
    if (names === null) this.expect(structure);
    if (!sameNames([...names!].sort(), structure.names)) throw this.#wrongNames(structure.names, names!);
    const record = given as Record<string, Value | KerasTensor>;
    const ordered = names!.map((name) => record[name]!);
    return takes.kind === "one" ? ordered[0]! : ordered;
  }

  toCall<T>(row: T | readonly T[]): Grouped<T> {
    return this.#takes === null || !this.#model.ownsForm ? row : inStructure(this.#takes, row);
  }

  /** The masks that came with what `call` gave go on with it, as in Keras. */
  fromCall(result: unknown, context: CallMasks, inputs: Inputs): Inputs {
    const found = structureOf(result, isValue);
    if (found === undefined) throw notAResult(this.#model.label, result);
    if (this.#model.hasOwnCall) context.setMasks(valuesOf(found.row).map((value) => context.maskOf(value)));
    if (this.#model.ownsForm) {
      this.#gives = found.structure;
      this.#shapes ??= valuesOf(inputs).map(({ shape }) => shapeOf(shape));
    }
    return found.row;
  }

  outward<T>(row: T | readonly T[]): Grouped<T> {
    return this.#gives === null ? row : inStructure(this.#gives, row);
  }

  #otherStructure(received: Structure, takes: Structure): OptionError {
    return new OptionError({
      code: "call-structure",
      what: `${this.#model.label} takes ${structureText(takes)}`,
      received: structureText(received),
      expected: `${structureText(takes)}, as in its first call`,
      fix: "Group the inputs of all calls in the same way",
    });
  }

  #wrongNames(received: readonly string[], expected: readonly string[]): OptionError {
    return new OptionError({
      code: "call-names",
      what: `${this.#model.label} was called with other inputs than it has`,
      received: received.join(", ") || valueText({}),
      expected: expected.join(", "),
      fix: "Give an object with these names",
    });
  }
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean => a.join("\n") === b.join("\n");
