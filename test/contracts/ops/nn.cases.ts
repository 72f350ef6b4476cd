import { Tensor } from "../../../src/core/tensor.js";
import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

const ids = (...list: number[]): Tensor => new Tensor(list, [list.length], "int32");
const places = (rows: number[][]): Tensor => Tensor.from(rows).cast("int32");
const ROWS = ids(0, 2, 0, 1);

export const nn: OpRows<
  | "binaryCrossentropy"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "moments"
  | "batchNormalization"
  | "layerNormalization"
  | "rmsNormalization"
  | "dotProductAttention"
  | "multiHot"
  | "psnr"
  | "depthToSpace"
  | "spaceToDepth"
  | "depthwiseConv"
  | "separableConv"
  | "unfold"
  | "fold"
  | "cdist"
  | "inTopK"
  | "extractSequences"
  | "segmentSum"
  | "segmentMax"
  | "segmentMin"
  | "segmentProd"
  | "scatter"
  | "scatterUpdate"
  | "sliceUpdate"
  | "erfc"
  | "erfinv"
  | "argpartition"
  | "vectorize"
  | "getItem"
  | "rearrange"
  | "adaptiveMaxPool"
  | "adaptiveAveragePool"
> = {
  binaryCrossentropy: [
    on("probabilities", (t, x) => ops.binaryCrossentropy(t!, x!)),
    on("logits", (t, x) => ops.binaryCrossentropy(t!, x!, { fromLogits: true })),
  ],
  categoricalCrossentropy: [
    on("probabilities", (t, x) => ops.categoricalCrossentropy(t!, x!)),
    on("logits", (t, x) => ops.categoricalCrossentropy(t!, x!, { fromLogits: true, axis: 1 })),
  ],
  sparseCategoricalCrossentropy: [
    on("probabilities", (t, x) => ops.sparseCategoricalCrossentropy(t!, x!), [0, 1]),
    on("logits", (t, x) => ops.sparseCategoricalCrossentropy(t!, x!, { fromLogits: true })),
  ],
  moments: [
    on("mean", (x) => ops.moments(x!, [1, 2]).mean),
    on("variance", (x) => ops.moments(x!, [0, 1], { keepDims: true }).variance),
  ],
  batchNormalization: [
    on("all", (x, m, v, o, s) => ops.batchNormalization(x!, m!, v!, o!, s!, { axis: 1 }), [0]),
    on("plain", (x, m, v) => ops.batchNormalization(x!, m!, v!, null, null, { axis: -1, epsilon: 0.1 }), [0]),
  ],
  layerNormalization: [
    on("plain", (x) => ops.layerNormalization(x!)),
    on("parameters", (x, g, b) => ops.layerNormalization(x!, g!, b!, { axis: [1, 2], epsilon: 0.01 }), [0]),
  ],
  rmsNormalization: [
    on("plain", (x) => ops.rmsNormalization(x!)),
    on("scale", (x, s) => ops.rmsNormalization(x!, s!, { epsilon: 0.01 }), [0]),
  ],
  dotProductAttention: [
    on("plain", (q, k, v) => ops.dotProductAttention(q!, k!, v!)),
    on(
      "causal, bias",
      (q, k, v, b) => ops.dotProductAttention(q!, k!, v!, b!, null, { isCausal: true, scale: 0.3 }),
      [0, 1, 2],
    ),
    on("mask, groups", (q, k, v, m) => ops.dotProductAttention(q!, k!, v!, null, m!)),
  ],
  multiHot: [on("plain", (x) => ops.multiHot(x!, 5))],
  psnr: [on("plain", (a, b) => ops.psnr(a!, b!, 2))],
  depthToSpace: [
    on("last", (x) => ops.depthToSpace(x!, 2)),
    on("first", (x) => ops.depthToSpace(x!, 2, { dataFormat: "channels_first" })),
  ],
  spaceToDepth: [
    on("last", (x) => ops.spaceToDepth(x!, 2)),
    on("first", (x) => ops.spaceToDepth(x!, 2, { dataFormat: "channels_first" })),
  ],
  depthwiseConv: [
    on("same", (x, k) => ops.depthwiseConv(x!, k!, { strides: 2, padding: "same" }), [0]),
    on("one axis", (x, k) => ops.depthwiseConv(x!, k!, { dilations: 2 }), [0]),
  ],
  separableConv: [on("same", (x, k, p) => ops.separableConv(x!, k!, p!, { padding: "same" }), [0])],
  unfold: [
    on("plain", (x) => ops.unfold(x!, 2)),
    on("options", (x) => ops.unfold(x!, [2, 3], { dilation: 2, padding: [1, 2], stride: [2, 1] })),
  ],
  fold: [
    on("plain", (x) => ops.fold(x!, [4, 3], 2)),
    on("options", (x) => ops.fold(x!, 6, 2, { padding: 1, stride: 2 })),
  ],
  cdist: [on("plain", ops.cdist), on("shared", ops.cdist, [0])],
  inTopK: [on("plain", (t, p) => ops.inTopK(t!, p!, 2), [0, 1])],
  extractSequences: [on("overlapping", (x) => ops.extractSequences(x!, { sequenceLength: 3, sequenceStride: 2 }))],
  segmentSum: [on("rows", (x) => ops.segmentSum(x!, ids(0, 2, 0, 3, 9), { numSegments: 4 }))],
  segmentMax: [on("rows", (x, w) => ops.multiply(ops.segmentMax(x!, ROWS, { numSegments: 3 }), w!))],
  segmentMin: [on("rows", (x, w) => ops.multiply(ops.segmentMin(x!, ROWS, { numSegments: 3 }), w!))],
  segmentProd: [on("rows", (x) => ops.segmentProd(x!, ids(0, 2, 0, 0, 1), { numSegments: 4 }))],
  scatter: [
    on("rows", (v) => ops.scatter(places([[0], [2], [0]]), v!, [4, 2]), []),
    on("elements", (v) =>
      ops.scatter(
        places([
          [0, 1],
          [2, -1],
        ]),
        v!,
        [3, 4],
      ),
    ),
  ],
  scatterUpdate: [
    on("replace", (x, u) => ops.scatterUpdate(x!, places([[0], [2]]), u!)),
    ...(["add", "max", "min", "mul"] as const).map((reduction) =>
      on(
        reduction,
        (x, u) =>
          ops.scatterUpdate(
            x!,
            places([
              [0, 1],
              [2, 0],
              [0, 1],
            ]),
            u!,
            { reduction },
          ),
        [],
      ),
    ),
  ],
  sliceUpdate: [on("middle", (x, u) => ops.sliceUpdate(x!, [0, 1], u!), [0, 1])],
  erfc: [on("float", ops.erfc), on("far", ops.erfc)],
  erfinv: [on("float", ops.erfinv), on("far", ops.erfinv)],
  argpartition: [on("sorted", (x) => ops.argpartition(x!, 2))],
  vectorize: [on("itself", (x, y) => ops.vectorize((a, b) => ops.multiply(ops.sin(a!), b!))(x!, y!))],
  getItem: [
    on("mixed", (x) => ops.getItem(x!, [{}, 1, null, { step: -2 }])),
    on("rest", (x) => ops.getItem(x!, ["...", -1])),
  ],
  rearrange: [
    on("split and merged", (x) => ops.rearrange(x!, "b (h p) c -> b p (c h)", { p: 2 })),
    on("moved", (x) => ops.rearrange(x!, "b h c -> b c h")),
  ],
  adaptiveMaxPool: [
    on("two sizes", (x) => ops.adaptiveMaxPool(x!, { outputSize: [3, 2] })),
    on("one size", (x) => ops.adaptiveMaxPool(x!, { outputSize: 3 })),
    on("channels first", (x) => ops.adaptiveMaxPool(x!, { outputSize: 2, dataFormat: "channels_first" })),
    on("more than there are", (x) => ops.adaptiveMaxPool(x!, { outputSize: 5 })),
  ],
  adaptiveAveragePool: [
    on("two sizes", (x) => ops.adaptiveAveragePool(x!, { outputSize: [3, 2] })),
    on("one axis", (x) => ops.adaptiveAveragePool(x!, { outputSize: [4] })),
    on("three axes", (x) => ops.adaptiveAveragePool(x!, { outputSize: 2 })),
    on("channels first", (x) => ops.adaptiveAveragePool(x!, { outputSize: [3], dataFormat: "channels_first" })),
  ],
};
