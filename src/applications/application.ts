import { ShapeError } from "../core/errors.js";
import { type Fields, resolveOptions } from "../core/options.js";
import { formatShape, type Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { KerasTensor } from "../layers/index.js";
import { Model } from "../model/index.js";
import { getSourceInputs, Input } from "../network/index.js";
import { averagePool, dense, maxPool } from "./blocks.js";
import type { Application, ApplicationOptions } from "./options.js";

/** What a family of architectures says of its members. */
export interface Architecture<O extends ApplicationOptions> {
  /** Name of the function, for messages. */
  readonly owner: string;
  readonly fields: Fields<O>;
  /** Name of the model. */
  readonly name: string | ((options: Required<O>, shape: Shape) => string);
  /** Height and width of the images it was made for. */
  readonly size: number;
  /** Whether it needs a known size without the classifier too. Default false. */
  readonly isSized?: boolean;
  /** The least height and width that leave something to compute. Default 32. */
  readonly least?: number;
  /** From images to the last images, and then to what comes out. */
  readonly layers: (images: KerasTensor, options: Required<O> & Application) => KerasTensor;
}

/** A function that builds the model, and reads its weights. */
export type MakesModel<O extends ApplicationOptions> = (options: O) => Promise<Model>;

export function application<O extends ApplicationOptions>(architecture: Architecture<O>): MakesModel<O> {
  const { owner, fields, name: own, size, isSized = false, least = 32, layers } = architecture;
  return async (given) => {
    const options = resolveOptions(owner, fields, given) as Required<O> & Application;
    const { inputTensor, inputShape, includeTop, weights } = options;
    const shape = inputTensor?.shape.slice(1) ?? inputShape ?? imageShape(includeTop || isSized, size);
    checkShape(owner, shape, { least, includeTop });
    const images = inputTensor ?? Input({ shape });
    const outputs = layers(images, options);
    const inputs = inputTensor === null ? [images] : getSourceInputs(inputTensor);
    const name = options.name ?? (typeof own === "string" ? own : own(options, shape));
    const model = new Model(inputs.length === 1 ? inputs[0]! : (inputs as never), outputs, { name });
    if (weights !== null) await model.loadWeights(weights);
    return model;
  };
}

const imageShape = (isSized: boolean, size: number): Shape => (isSized ? [size, size, 3] : [null, null, 3]);

function checkShape(owner: string, shape: Shape, { least, includeTop }: { least: number; includeTop: boolean }): void {
  const [height, width] = shape;
  const wrong = (code: string, expected: string, fix: string): ShapeError =>
    new ShapeError({
      code,
      what: `${owner} cannot take images of this shape`,
      received: formatShape(shape),
      expected,
      fix,
      data: { owner, shape: shape as Json },
    });
  if (shape.length !== 3) throw wrong("image-shape", "(height, width, channels)", "Give inputShape three numbers");
  if ([height, width].some((side) => side != null && side < least)) {
    throw wrong("image-too-small", `at least ${least} x ${least}`, "Take larger images, or resize them");
  }
  if (includeTop && shape.includes(null)) {
    throw wrong(
      "image-size-unknown",
      "a known height and width",
      "State them, or leave the classifier out: includeTop: false",
    );
  }
}

/** How the end of an architecture differs from the others. */
export interface Head {
  /** Name of the pooling before the classifier. */
  readonly pool?: string;
  /** Names of the poolings that stand in for the classifier. Default: automatic ones. */
  readonly instead?: { readonly avg: string; readonly max: string };
  /** What happens between pooling and classifier. */
  readonly before?: (x: KerasTensor) => KerasTensor;
  readonly dense?: object;
}

/** The classifier, or what stands in for it. */
export function head(
  x: KerasTensor,
  options: Application,
  { pool, instead, before, dense: more = {} }: Head,
): KerasTensor {
  const { includeTop, pooling, classes, classifierActivation } = options;
  if (includeTop) {
    const vectors = averagePool(x, { name: pool ?? null });
    const activation = { activation: classifierActivation, name: "predictions" } as const;
    return dense(before === undefined ? vectors : before(vectors), classes, { ...activation, ...more });
  }
  if (pooling === "avg") return averagePool(x, { name: instead?.avg ?? null });
  return pooling === "max" ? maxPool(x, { name: instead?.max ?? null }) : x;
}
