import { charge } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { checkConfigKeys } from "../core/options.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import type { KerasTensor, Tensors } from "../layers/base/keras-tensor.js";
import type { AnyLayer, Layer, LayerReading } from "../layers/base/layer.js";
import { Operation } from "../layers/base/operation.js";
import { deserialize } from "../layers/base/serialize.js";
import { floatsAsCalled, plainFloats } from "../layers/base/whole-floats.js";
import { withOperations } from "../layers/operations/tensorflow.js";
import { type Call, type Reference, readCall, readOperationCall } from "./node-config.js";

/** What one search for a call's inputs takes from the budget: calls in a bad order are searched for many times. */
const ATTEMPT_WORK = 100;

/** What any Keras writes of a Functional. */
const KEYS = ["name", "layers", "input_layers", "output_layers", "trainable", "dtype"];

interface Rebuilt {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
  readonly name: string | null;
  readonly trainable: boolean;
}

/**
 * Makes the layers of a functional config and repeats their calls. Calls whose inputs do not exist yet (shared layers
 * at several depths) are tried again after the others.
 * @throws {FormatError} when calls depend on each other or on nothing
 */
export function rebuildFunctional(config: Config, reading: LayerReading): Rebuilt {
  const name = typeof config["name"] === "string" ? config["name"] : null;
  const where = reading.where || `model "${name ?? "without a name"}"`;
  checkConfigKeys(`${where}: Functional`, config, KEYS, reading);
  const layers = new Map<string, Layer>();
  const pending = new Map<AnyLayer, Call[]>();
  for (const entry of withOperations(list(config["layers"], where), where)) {
    const { layer, calls } = readLayer(entry, reading, where);
    layers.set(layer.name, layer);
    pending.set(layer, calls);
  }
  // Keras 2 writes a list also where there is one tensor.
  const legacy = [...pending.values()].some((calls) => calls.some((call) => call.legacy));
  const wiring = new Wiring(layers, pending, config, where);
  wiring.repeatCalls();
  const group = (tensors: Tensors): Tensors =>
    legacy && Array.isArray(tensors) && tensors.length === 1 ? (tensors[0] as KerasTensor) : tensors;
  return {
    inputs: group(wiring.group(config["input_layers"])),
    outputs: group(wiring.group(config["output_layers"])),
    name,
    trainable: config["trainable"] !== false,
  };
}

function readLayer(entry: Json, reading: LayerReading, where: string): { layer: AnyLayer; calls: Call[] } {
  const layer = deserialize(entry, reading, where);
  const nodes = isConfig(entry) ? list(entry["inbound_nodes"] ?? [], where) : [];
  const owner = `${where}: ${layer.label}`;
  if (layer instanceof Operation) {
    return { layer, calls: nodes.map((node) => readOperationCall(floatsAsCalled(node), owner, layer.definition)) };
  }
  return { layer, calls: nodes.map((node) => readCall(plainFloats(node), owner, layer.parameters)) };
}

class Wiring {
  readonly #layers: ReadonlyMap<string, AnyLayer>;
  readonly #pending: Map<AnyLayer, Call[]>;
  readonly #where: string;
  /**
   * Index of a layer's first call. It is 1 for nested models in some places, where their own wiring counts as call 0.
   */
  readonly #firstInNodes: (name: string) => number;
  readonly #firstInGroups: (name: string) => number;
  /** Number of earlier calls: an InputLayer has one of its own, a nested model may have been called before. */
  readonly #before = new Map<Layer, number>();

  constructor(layers: ReadonlyMap<string, AnyLayer>, pending: Map<AnyLayer, Call[]>, config: Config, where: string) {
    this.#layers = layers;
    this.#pending = pending;
    this.#where = where;
    for (const layer of layers.values()) {
      const isEntry = layer.inboundNodes.some((node) => node.isInput);
      this.#before.set(layer, isEntry ? 0 : layer.inboundNodes.length);
    }
    const calls = [...pending.values()].flat();
    if (calls.some((call) => call.legacy)) {
      const least = leastIndices([
        ...calls.flatMap((call) => [...call.references, ...Object.values(call.tensors)]),
        ...references(config["input_layers"]),
        ...references(config["output_layers"]),
      ]);
      const first = (name: string) => (this.#layers.get(name)?.networkKind ? (least.get(name) ?? 0) : 0);
      this.#firstInNodes = first;
      this.#firstInGroups = first;
    } else {
      this.#firstInNodes = () => 0;
      this.#firstInGroups = (name) => (this.#layers.get(name)?.networkKind === "functional" ? 1 : 0);
    }
  }

  repeatCalls(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const [layer, calls] of this.#pending) {
        while (calls.length > 0) {
          const call = calls[0]!;
          charge("putting calls into their order", 0, ATTEMPT_WORK);
          const find = (reference: Reference) => this.#find(reference, this.#firstInNodes);
          const tensors = call.references.map(find);
          const named = Object.entries(call.tensors).map(([option, reference]) => [option, find(reference)] as const);
          if (!tensors.every((tensor) => tensor !== null) || named.some(([, tensor]) => tensor === null)) break;
          const options = { ...call.options, ...Object.fromEntries(named as [string, KerasTensor][]) };
          layer.apply(grouped(call, tensors), options);
          calls.shift();
          progress = true;
        }
      }
    }
    const stuck = [...this.#pending].filter(([, calls]) => calls.length > 0).map(([layer]) => layer.label);
    if (stuck.length > 0) {
      throw new FormatError({
        code: "unresolved-calls",
        what: `${this.#where}: these layers are called with tensors that never come to be: ${stuck.join(", ")}`,
        fix: "The file's graph has a loop or a missing part; it cannot be used",
      });
    }
  }

  /** The tensors that `input_layers` or `output_layers` name, grouped as there. */
  group(json: Json | undefined): Tensors {
    if (Array.isArray(json) && isReference(json)) return this.#named(json);
    if (Array.isArray(json) && json.length > 0) return json.map((item) => this.group(item));
    if (isConfig(json)) return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, this.group(item)]));
    throw this.#wrongReference(json);
  }

  #named(json: Json): KerasTensor {
    if (!Array.isArray(json) || !isReference(json)) throw this.#wrongReference(json);
    const tensor = this.#find(toReference(json), this.#firstInGroups);
    if (tensor === null) throw this.#wrongReference(json);
    return tensor;
  }

  #find({ layer: name, node, tensor }: Reference, first: (name: string) => number): KerasTensor | null {
    const layer = this.#layers.get(name);
    if (layer === undefined) {
      throw new FormatError({
        code: "unknown-layer",
        what: `${this.#where}: a call refers to the layer "${name}", which the file does not have`,
      });
    }
    return layer.inboundNodes[this.#before.get(layer)! + node - first(name)]?.outputs[tensor] ?? null;
  }

  #wrongReference(json: Json | undefined): FormatError {
    return new FormatError({
      code: "tensor-reference",
      what: `${this.#where}: inputs and outputs must name tensors of layers`,
      received: JSON.stringify(json) ?? "nothing",
      expected: '["layer", 0, 0]',
    });
  }
}

function grouped({ names, takesList }: Call, tensors: readonly KerasTensor[]): Tensors {
  if (names !== null) return Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
  return takesList ? tensors : tensors[0]!;
}

function isReference(json: readonly Json[]): boolean {
  return json.length === 3 && typeof json[0] === "string" && typeof json[1] === "number" && typeof json[2] === "number";
}

function toReference(json: readonly Json[]): Reference {
  return { layer: json[0] as string, node: json[1] as number, tensor: json[2] as number };
}

function references(json: Json | undefined): Reference[] {
  if (Array.isArray(json)) return isReference(json) ? [toReference(json)] : json.flatMap(references);
  return isConfig(json) ? Object.values(json).flatMap(references) : [];
}

function leastIndices(all: readonly Reference[]): Map<string, number> {
  const least = new Map<string, number>();
  for (const { layer, node } of all) least.set(layer, Math.min(node, least.get(layer) ?? node));
  return least;
}

function list(json: Json | undefined, where: string): readonly Json[] {
  if (Array.isArray(json)) return json;
  throw new FormatError({ code: "model-json", what: `${where}: its config lacks a list of layers or calls` });
}
