import { isFloat } from "../../core/dtype.js";
import { farmFingerprint, joinFingerprints } from "../../core/farm-hash.js";
import type { Fields } from "../../core/options.js";
import { sameShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Given } from "../base/given.js";
import { HostLayer, type HostType } from "../base/host-layer.js";
import { withArguments } from "../base/with-arguments.js";
import { outputModeField } from "./encode.js";
import { BINS, notOneEach } from "./hashing.js";
import { encodedShape, encodeOnHost } from "./host-encode.js";
import { sparseField } from "./sparse-field.js";

export interface HashedCrossingSettings {
  /** Number of bins. */
  readonly numBins: number;
  /** "int": the bin; "one_hot": a vector of numBins numbers. Default "int". */
  readonly outputMode: "int" | "one_hot";
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
}

export type HashedCrossingOptions = Given<HashedCrossingSettings, "numBins">;

/** The first fingerprint of each cross in TensorFlow. */
const KEY = 0xdeca_fcaf_fen;

/**
 * Combinations of features in a fixed number of bins: `cross.apply([city, age])`, each (batch, 1) of texts or whole
 * numbers. The bins are those of Keras and TensorFlow. Computed on the host.
 */
export class HashedCrossing extends HostLayer<HashedCrossingSettings> {
  static override readonly className: string = "HashedCrossing";
  static override readonly positional: readonly string[] = ["numBins"];
  static override readonly fields: Fields<HashedCrossingSettings> = {
    numBins: BINS,
    outputMode: outputModeField(["int", "one_hot"], "int"),
    sparse: sparseField,
  };

  constructor(numBins: number, options: HashedCrossingOptions = {}) {
    const all = withArguments(new.target, { numBins }, options);
    // As in Keras, the dtype is that of what it gives.
    super({ dtype: (all.outputMode ?? "int") === "int" ? "int64" : "float32", ...all });
  }

  protected override get takesSeveral(): boolean {
    return true;
  }

  protected override typeFor(inputs: readonly HostType[]): HostType {
    this.#check(inputs);
    const { outputMode: mode, numBins: depth } = this.options;
    const shape = encodedShape(inputs[0]!.shape, { mode, depth, label: this.label });
    return { shape, dtype: mode === "int" ? "int64" : "float32" };
  }

  protected override computeOn(given: readonly Tensor[]): Tensor {
    // Whole numbers in nested arrays are as good as integers.
    const inputs = given.map((input) => (isWhole(input) ? input.cast("int64") : input));
    this.#check(inputs);
    const { outputMode: mode, numBins: depth } = this.options;
    const ids = new Int32Array(inputs[0]!.size);
    for (let i = 0; i < ids.length; i++) {
      const hash = inputs.reduce((sum, { data }) => joinFingerprints(sum, fingerprint(data[i]!)), KEY);
      ids[i] = Number(hash % BigInt(depth));
    }
    return encodeOnHost(ids, inputs[0]!.shape, { mode, depth, label: this.label });
  }

  override getConfig(): Record<string, Json> {
    const { num_bins, output_mode, sparse, name } = super.getConfig();
    return { num_bins: num_bins!, output_mode: output_mode!, sparse: sparse!, name: name!, dtype: this.dtype };
  }

  #check(inputs: readonly HostType[]): void {
    const [first] = inputs;
    const fits = inputs.every(
      ({ shape, dtype }) =>
        !isFloat(dtype) &&
        sameShape(shape, first!.shape) &&
        (shape.length < 2 || (shape.length === 2 && shape[1] === 1)),
    );
    if (inputs.length < 2 || !fits) throw notOneEach(this.label, inputs);
  }
}

function fingerprint(value: string | number | bigint): bigint {
  return typeof value === "string" ? farmFingerprint(value) : BigInt.asUintN(64, BigInt(value));
}

/** Whether floats that nested arrays became hold whole numbers only. */
function isWhole({ dtype, data }: Tensor): boolean {
  return dtype === "float64" && Array.from(data as ArrayLike<number>).every(Number.isSafeInteger);
}
