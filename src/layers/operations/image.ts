import { optionToKeras } from "../../core/names.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import { image } from "../../ops/index.js";
import type { OperationDefinition } from "../base/operation.js";
import { type AnyOp, one, type Row, type Symbolic } from "./row.js";
import { operand } from "./settings.js";

const MODULE = "keras.src.ops.image";

/** Settings of an operation as options of an op. null is Keras's "not given". */
function optionsOf(config: Config, names: readonly string[]): object {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = config[optionToKeras(name)] ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** What an op is given as its operands, then settings, then options. */
interface Parts {
  /** Keras's names of the operands. */
  readonly operands: readonly string[];
  /** Arguments of the op between operands and options, in our spelling. */
  readonly settings?: readonly string[];
  /** Keras's defaults of settings and options, by our names, in Keras's order. */
  readonly fields: { readonly [option: string]: Json };
}

/** An operation whose settings are options of the op, under Keras's names. */
function row<F extends AnyOp>(className: string, op: F, { operands, settings = [], fields }: Parts): Row<F> {
  const options = Object.keys(fields).filter((name) => !settings.includes(name));
  const inKeras = Object.fromEntries(Object.entries(fields).map(([name, value]) => [optionToKeras(name), value]));
  const definition: OperationDefinition = {
    className,
    module: MODULE,
    parameters: operands,
    fields: inKeras,
    compute: (args, config) =>
      op(
        ...operands.map((_, i) => operand(args, i)),
        ...settings.map((name) => config[optionToKeras(name)]),
        optionsOf(config, options),
      ) as Value,
  };
  const apply = (...args: readonly Symbolic[]): unknown => {
    const between = args.slice(operands.length, operands.length + settings.length) as Json[];
    const given = (args[operands.length + settings.length] ?? {}) as unknown as Config;
    const config = { ...Object.fromEntries(settings.map((name, i) => [name, between[i]!])), ...given };
    return one(
      definition,
      args.slice(0, operands.length),
      Object.fromEntries(Object.entries(config).map(([name, value]) => [optionToKeras(name), value])),
    );
  };
  return { definitions: [definition], operands: operands.map((_, i) => i), apply: apply as Row<F>["apply"] };
}

const images = ["images"];
const dataFormat = null;
const sampling = { interpolation: "bilinear", fillMode: "constant", fillValue: 0, dataFormat };

export const resize: Row<typeof image.resize> = row("Resize", image.resize, {
  operands: images,
  settings: ["size"],
  fields: {
    size: null,
    interpolation: "bilinear",
    antialias: false,
    cropToAspectRatio: false,
    padToAspectRatio: false,
    fillMode: "constant",
    fillValue: 0,
    dataFormat,
  },
});
export const affineTransform: Row<typeof image.affineTransform> = row("AffineTransform", image.affineTransform, {
  operands: ["images", "transform"],
  fields: sampling,
});
export const perspectiveTransform: Row<typeof image.perspectiveTransform> = row(
  "PerspectiveTransform",
  image.perspectiveTransform,
  {
    operands: ["images", "start_points", "end_points"],
    fields: { interpolation: "bilinear", fillValue: 0, dataFormat },
  },
);
export const mapCoordinates: Row<typeof image.mapCoordinates> = row("MapCoordinates", image.mapCoordinates, {
  operands: ["inputs", "coordinates"],
  settings: ["order"],
  fields: { order: null, fillMode: "constant", fillValue: 0 },
});
const patches = { size: null, strides: null, dilationRate: 1, padding: "valid", dataFormat };
export const extractPatches: Row<typeof image.extractPatches> = row("ExtractPatches", image.extractPatches, {
  operands: images,
  settings: ["size"],
  fields: patches,
});
/** In Keras it is the same operation, with three numbers. */
export const extractPatches3d: Row<typeof image.extractPatches3d> = {
  ...extractPatches,
  definitions: [],
  apply: (volumes, size, options) =>
    extractPatches.apply(volumes, typeof size === "number" ? [size, size, size] : size, options),
};
export const padImages: Row<typeof image.padImages> = row("PadImages", image.padImages, {
  operands: images,
  fields: {
    topPadding: null,
    leftPadding: null,
    bottomPadding: null,
    rightPadding: null,
    targetHeight: null,
    targetWidth: null,
    dataFormat,
  },
});
export const cropImages: Row<typeof image.cropImages> = row("CropImages", image.cropImages, {
  operands: images,
  fields: {
    topCropping: null,
    leftCropping: null,
    bottomCropping: null,
    rightCropping: null,
    targetHeight: null,
    targetWidth: null,
    dataFormat,
  },
});
export const gaussianBlur: Row<typeof image.gaussianBlur> = row("GaussianBlur", image.gaussianBlur, {
  operands: images,
  fields: { kernelSize: [3, 3], sigma: [1, 1], dataFormat },
});
export const elasticTransform: Row<typeof image.elasticTransform> = row("ElasticTransform", image.elasticTransform, {
  operands: images,
  fields: {
    alpha: 20,
    sigma: 5,
    interpolation: "bilinear",
    fillMode: "reflect",
    fillValue: 0,
    seed: null,
    dataFormat,
  },
});
const scaled = row("ScaleAndTranslate", image.scaleAndTranslate as AnyOp, {
  operands: ["images", "output_shape", "scale", "translation"],
  fields: { spatialDims: null, method: null, antialias: true },
});
const scaling: OperationDefinition = {
  ...scaled.definitions[0]!,
  compute: (args, config) =>
    image.scaleAndTranslate(
      operand(args, 0),
      args[1] as readonly number[],
      operand(args, 2),
      operand(args, 3),
      config["spatial_dims"] as readonly number[],
      optionsOf(config, ["method", "antialias"]),
    ),
};
export const scaleAndTranslate: Row<typeof image.scaleAndTranslate> = {
  definitions: [scaling],
  operands: [0, 2, 3],
  apply: (x, shape, scale, translation, spatialDims, { method = "linear", antialias = true } = {}) =>
    one(scaling, [x, shape, scale, translation], { spatial_dims: [...spatialDims], method, antialias }),
};
export const rgbToGrayscale: Row<typeof image.rgbToGrayscale> = row("RGBToGrayscale", image.rgbToGrayscale, {
  operands: images,
  fields: { dataFormat },
});
export const rgbToHsv: Row<typeof image.rgbToHsv> = row("RGBToHSV", image.rgbToHsv, {
  operands: images,
  fields: { dataFormat },
});
export const hsvToRgb: Row<typeof image.hsvToRgb> = row("HSVToRGB", image.hsvToRgb, {
  operands: images,
  fields: { dataFormat },
});
export const sobelEdges: Row<typeof image.sobelEdges> = row("SobelEdges", image.sobelEdges, {
  operands: images,
  fields: { dataFormat },
});
export const ssim: Row<typeof image.ssim> = row("SSIM", image.ssim, {
  operands: ["image1", "image2"],
  fields: { maxVal: 1, filterSize: 11, filterSigma: 1.5, k1: 0.01, k2: 0.03, dataFormat },
});
