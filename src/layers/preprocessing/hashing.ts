import { ShapeError } from "../../core/errors.js";
import { type Field, type Fields, int, wrongOption } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Given } from "../base/given.js";
import { HostLayer, type HostType } from "../base/host-layer.js";
import { withArguments } from "../base/with-arguments.js";
import { bucketOf, saltField, wholeText } from "./buckets.js";
import { outputModeField } from "./encode.js";
import { encodedShape, encodeOnHost } from "./host-encode.js";
import { sparseField } from "./sparse-field.js";

export interface HashingSettings {
  /** Number of bins. With a maskValue, bin 0 is for that alone. */
  readonly numBins: number;
  /** Key of the hash: two integers, or one for both. Default null: FarmHash without a key; with a key it is SipHash. */
  readonly salt: readonly (number | bigint)[] | number | bigint | null;
  /** The text or number that gets bin 0. Default null: none. */
  readonly maskValue: string | number | null;
  /**
   * "int": the bin; "one_hot": a vector for each; "multi_hot": one for each sample, 1 where a bin occurs; "count": how
   * often it occurs. Default "int".
   */
  readonly outputMode: "int" | "one_hot" | "multi_hot" | "count";
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
}

export type HashingOptions = Given<HashingSettings, "numBins">;

export const BINS: Field<number> = int({ min: 1, max: 0x7fff_ffff });

/**
 * Texts or whole numbers in a fixed number of bins, without a vocabulary: the bins are those of Keras and TensorFlow, by
 * FarmHash or, with a salt, SipHash of the text. Computed on the host.
 */
export class Hashing extends HostLayer<HashingSettings> {
  static override readonly className: string = "Hashing";
  static override readonly positional: readonly string[] = ["numBins"];
  static override readonly fields: Fields<HashingSettings> = {
    numBins: BINS,
    salt: saltField as Fields<HashingSettings>["salt"],
    maskValue: {
      default: null,
      parse(value, where) {
        if (value === null || typeof value === "string" || Number.isSafeInteger(value)) return value as string | null;
        throw wrongOption(where, "a text, an integer or null", value);
      },
    },
    outputMode: outputModeField(["int", "one_hot", "multi_hot", "count"], "int"),
    sparse: sparseField,
  };

  constructor(numBins: number, options: HashingOptions = {}) {
    const all = withArguments(new.target, { numBins }, options);
    // As in Keras, the dtype is that of what it gives.
    super({ dtype: (all.outputMode ?? "int") === "int" ? "int64" : "float32", ...all });
  }

  protected override typeFor([input]: readonly HostType[]): HostType {
    const { outputMode: mode, numBins: depth } = this.options;
    const shape = encodedShape(input!.shape, { mode, depth, label: this.label });
    return { shape, dtype: mode === "int" ? "int64" : "float32" };
  }

  protected override computeOn([input]: readonly Tensor[]): Tensor {
    const { outputMode: mode, numBins: depth } = this.options;
    const ids = new Int32Array(input!.size);
    const bins = this.#binOf(input!.dtype === "string");
    const data = input!.dtype === "float16" || input!.dtype === "bfloat16" ? input!.cast("float32").data : input!.data;
    for (let i = 0; i < ids.length; i++) ids[i] = bins(data[i] as unknown as string | number | bigint);
    return encodeOnHost(ids, input!.shape, { mode, depth, label: this.label });
  }

  #binOf(isText: boolean): (value: string | number | bigint) => number {
    const { numBins, maskValue } = this.options;
    const salt = this.options.salt as readonly (number | bigint)[] | null;
    const masks = maskValue !== null && numBins > 1;
    const mask = masks && (isText || typeof maskValue === "number") ? String(maskValue) : null;
    const buckets = masks ? numBins - 1 : numBins;
    const known = new Map<string, number>();
    return (value) => {
      const text = isText ? (value as string) : wholeText(value as number);
      let bin = known.get(text);
      if (bin === undefined) {
        bin = masks && text === mask ? 0 : bucketOf(text, buckets, salt) + (masks ? 1 : 0);
        known.set(text, bin);
      }
      return bin;
    };
  }
}

/** The error for inputs that are not one value a row. */
export function notOneEach(label: string, inputs: readonly HostType[]): ShapeError {
  return new ShapeError({
    code: "crossing-inputs",
    what: `${label} takes two or more inputs of whole numbers or texts, one in each row`,
    received: inputs.map(({ shape, dtype }) => `${dtype} ${formatShape(shape)}`).join(" and "),
    expected: "equal shapes, (batch, 1) or (batch)",
    fix: "Give each feature as a column of its own",
  });
}
