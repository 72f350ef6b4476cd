import { optionFromKeras } from "../../src/core/option-names.js";
import type { Json } from "../../src/core/stateful.js";
import type { InputValue, Value } from "../../src/graph/index.js";
import { type AnyLayer, type CallValues, InputLayer, type KerasTensor, type Mask } from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";
import { kerasFamilies } from "./fixture.js";

/** A tensor in a fixture. */
export interface Described {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Arguments of a call besides inputs: options by Keras's name, some of them masks, and masks of the inputs. */
export interface GivenCall {
  readonly call?: { readonly [option: string]: Json | Described };
  readonly masks?: readonly (Described | null)[];
}

export interface LayerFixture extends GivenCall {
  readonly className: string;
  readonly config: { readonly [key: string]: Json };
  readonly training: boolean;
  readonly dtype: "float32" | "int32";
  readonly inputs: readonly Described[];
  readonly weights: readonly (Described & { readonly path: string })[];
  /** A list if the layer returns a list; `output` is its first tensor. */
  readonly outputShape: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  readonly output: Described;
  /** The mask of the output; only if inputs were masked. */
  readonly outputMask?: Described | null;
  readonly coefficients: readonly number[];
  readonly inputGradients?: readonly (readonly number[])[];
  readonly weightGradients: Readonly<Record<string, readonly number[]>>;
  readonly after: Readonly<Record<string, readonly number[]>>;
}

export const FIXTURES: Readonly<Record<string, LayerFixture>> = kerasFamilies<LayerFixture>("layers");

/** The layer applied to inputs of the fixture's shapes. */
export function applied(layer: AnyLayer, fixture: LayerFixture): KerasTensor | readonly KerasTensor[] {
  const { inputs, dtype } = fixture;
  const rows = inputs[0]!.shape[0]!;
  const tensors = inputs.map(({ shape }) => new InputLayer({ shape: shape.slice(1), dtype }).tensor);
  const options = mapOptions(fixture, ({ shape: [first, ...rest] }) => {
    return new InputLayer({ batchShape: [first === rows ? null : first!, ...rest], dtype: "bool" }).tensor;
  });
  return layer.apply(tensors.length === 1 ? tensors[0]! : tensors, options);
}

/** Options and masks of a call as leaves of a graph, with their feeds. */
export class CallLeaves {
  readonly options: CallValues;
  readonly masks: readonly Mask[];
  readonly feeds: Map<InputValue, readonly number[]> = new Map();

  constructor(given: GivenCall, rows: number) {
    const leaf = (name: string, { shape: [first, ...rest], data }: Described): Value => {
      const value = ops.input(name, [first === rows ? -1 : first!, ...rest], "bool");
      this.feeds.set(value, data);
      return value;
    };
    let count = 0;
    this.options = mapOptions(given, (tensor) => leaf(`option${count++}`, tensor));
    this.masks = (given.masks ?? []).map((mask, i) => mask && leaf(`mask${i}`, mask));
  }
}

function mapOptions<T>({ call = {} }: GivenCall, tensor: (described: Described) => T): Record<string, Json | T> {
  const isTensor = (value: Json | Described): value is Described =>
    typeof value === "object" && value !== null && "shape" in value;
  return Object.fromEntries(
    Object.entries(call).map(([key, value]) => [optionFromKeras(key), isTensor(value) ? tensor(value) : value]),
  );
}
