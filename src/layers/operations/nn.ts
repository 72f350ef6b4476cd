import { float, int } from "../../core/options.js";
import { WHOLE_NUMBERS } from "../../ops/along.js";
import { ARGPARTITION } from "../../ops/argpartition.js";
import { REDUCE } from "../../ops/axes.js";
import * as ops from "../../ops/index.js";
import { BATCH_NORM, CLASSES, LOGITS, MOMENTS, NORMALIZATION } from "../../ops/nn.js";
import { CHANNELS, SEQUENCES } from "../../ops/nn-arrays.js";
import { DEPTHWISE, PATCHES } from "../../ops/patches.js";
import { rearrangement } from "../../ops/rearrange.js";
import { SCATTER_UPDATE, SEGMENTS } from "../../ops/scattering.js";
import { perAxisField } from "../../ops/spatial.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { matched, type Spelling } from "./matched.js";
import { CORE, MATH, NN, one, type Row } from "./row.js";
import { only, operand } from "./settings.js";
import { reshape, transpose } from "./shapes.js";

const PAIR: Spelling = { module: NN, operands: ["target", "output"] };
export const binaryCrossentropy: Row<typeof ops.binaryCrossentropy> = matched(
  "BinaryCrossentropy",
  ops.binaryCrossentropy,
  { ...PAIR, options: LOGITS },
);
export const categoricalCrossentropy: Row<typeof ops.categoricalCrossentropy> = matched(
  "CategoricalCrossentropy",
  ops.categoricalCrossentropy,
  { ...PAIR, options: CLASSES },
);
export const sparseCategoricalCrossentropy: Row<typeof ops.sparseCategoricalCrossentropy> = matched(
  "SparseCategoricalCrossentropy",
  ops.sparseCategoricalCrossentropy,
  { ...PAIR, options: CLASSES },
);
export const moments: Row<typeof ops.moments> = matched("Moments", ops.moments, {
  module: NN,
  positional: { axes: { ...REDUCE.axes, keras: "axes" } },
  options: MOMENTS,
  fixed: { synchronized: false },
  results: ["mean", "variance"],
});
export const batchNormalization: Row<typeof ops.batchNormalization> = matched("BatchNorm", ops.batchNormalization, {
  module: NN,
  operands: ["x", "mean", "variance", "offset?", "scale?"],
  options: BATCH_NORM,
});
export const layerNormalization: Row<typeof ops.layerNormalization> = matched("LayerNorm", ops.layerNormalization, {
  module: NN,
  operands: ["x", "gamma?", "beta?"],
  options: NORMALIZATION,
  fixed: { rms_scaling: false },
});
export const rmsNormalization: Row<typeof ops.rmsNormalization> = matched("RMSNorm", ops.rmsNormalization, {
  module: NN,
  keywords: ["scale"],
  options: NORMALIZATION,
});
export const multiHot: Row<typeof ops.multiHot> = matched("MultiHot", ops.multiHot, {
  module: NN,
  operands: ["inputs"],
  positional: { numClasses: int({ min: 1 }) },
  fixed: { axis: -1, dtype: "float32", sparse: false },
});
export const psnr: Row<typeof ops.psnr> = matched("PSNR", ops.psnr, {
  module: NN,
  operands: ["x1", "x2"],
  positional: { maxVal: float() },
});
export const depthToSpace: Row<typeof ops.depthToSpace> = matched("DepthToSpace", ops.depthToSpace, {
  module: NN,
  positional: { blockSize: int({ min: 1 }) },
  options: CHANNELS,
});
export const spaceToDepth: Row<typeof ops.spaceToDepth> = matched("SpaceToDepth", ops.spaceToDepth, {
  module: NN,
  positional: { blockSize: int({ min: 1 }) },
  options: CHANNELS,
});
export const cdist: Row<typeof ops.cdist> = matched("CDist", ops.cdist, { module: MATH, operands: ["x", "y"] });
export const erfc: Row<typeof ops.erfc> = matched("Erfc", ops.erfc, { module: MATH });
export const erfinv: Row<typeof ops.erfinv> = matched("Erfinv", ops.erfinv, { module: MATH });
export const inTopK: Row<typeof ops.inTopK> = matched("InTopK", ops.inTopK, {
  module: MATH,
  operands: ["targets", "predictions"],
  positional: { k: int({ min: 1 }) },
});
export const extractSequences: Row<typeof ops.extractSequences> = matched("ExtractSequences", ops.extractSequences, {
  module: MATH,
  options: SEQUENCES,
});
const SEGMENTED: Spelling = { module: MATH, operands: ["data", "segment_ids"], options: SEGMENTS };
export const segmentSum: Row<typeof ops.segmentSum> = matched("SegmentSum", ops.segmentSum, SEGMENTED);
export const segmentMax: Row<typeof ops.segmentMax> = matched("SegmentMax", ops.segmentMax, SEGMENTED);
export const segmentMin: Row<typeof ops.segmentMin> = matched("SegmentMin", ops.segmentMin, SEGMENTED);
export const segmentProd: Row<typeof ops.segmentProd> = matched("SegmentProd", ops.segmentProd, SEGMENTED);
export const scatter: Row<typeof ops.scatter> & { readonly definition: OperationDefinition } = matched(
  "Scatter",
  ops.scatter,
  {
    module: CORE,
    operands: ["indices", "values"],
    positional: { shape: WHOLE_NUMBERS },
  },
);
export const scatterUpdate: Row<typeof ops.scatterUpdate> = matched("ScatterUpdate", ops.scatterUpdate, {
  module: CORE,
  operands: ["inputs", "indices", "updates"],
  options: SCATTER_UPDATE,
});

/** Keras has the start among the arguments. */
const partReplaced: OperationDefinition = {
  className: "SliceUpdate",
  module: CORE,
  parameters: ["inputs", "start_indices", "updates"],
  fields: {},
  compute: (args) => ops.sliceUpdate(operand(args, 0), WHOLE_NUMBERS.parse(args[1], "start_indices"), operand(args, 2)),
};
export const sliceUpdate: Row<typeof ops.sliceUpdate> = {
  definitions: [partReplaced],
  operands: [0, 2],
  apply: (x, start, updates) => one(partReplaced, [x, [...start], updates]) as KerasTensor,
};

/** Keras's attention scales by the argument; what is special to some hardware stays at its default. */
const attended: OperationDefinition = {
  className: "DotProductAttention",
  module: NN,
  parameters: ["query", "key", "value"],
  keywords: ["bias", "mask", "scale"],
  fields: { is_causal: false, flash_attention: null, attn_logits_soft_cap: null },
  compute: (args, config) => {
    only(config, { flash_attention: null, attn_logits_soft_cap: null });
    const [bias, mask] = [3, 4].map((i) => ((args[i] ?? null) === null ? null : operand(args, i)));
    const scale = args[5] ?? null;
    return ops.dotProductAttention(operand(args, 0), operand(args, 1), operand(args, 2), bias!, mask!, {
      scale: scale === null ? null : Number(scale),
      isCausal: config["is_causal"] === true,
    });
  },
};
export const dotProductAttention: Row<typeof ops.dotProductAttention> = {
  definitions: [attended],
  operands: [0, 1, 2, 3, 4],
  apply: (query, key, value, bias = null, mask = null, { scale = null, isCausal = false } = {}) =>
    one(attended, [query, key, value, bias as never, mask as never, scale], { is_causal: isCausal }),
};

const CHANNELWISE: Spelling = { module: NN, operands: ["inputs", "kernel"], options: DEPTHWISE };
export const depthwiseConv: Row<typeof ops.depthwiseConv> = matched("DepthwiseConv", ops.depthwiseConv, CHANNELWISE);
export const separableConv: Row<typeof ops.separableConv> = matched("SeparableConv", ops.separableConv, {
  ...CHANNELWISE,
  operands: ["inputs", "depthwise_kernel", "pointwise_kernel"],
});
const { default: _one, ...SIZE } = perAxisField(1);
export const unfold: Row<typeof ops.unfold> = matched("Unfold", ops.unfold, {
  module: NN,
  positional: { kernelSize: SIZE },
  options: PATCHES,
});
export const fold: Row<typeof ops.fold> = matched("Fold", ops.fold, {
  module: NN,
  positional: { outputSize: SIZE, kernelSize: SIZE },
  options: PATCHES,
});
export const argpartition: Row<typeof ops.argpartition> = matched("Argpartition", ops.argpartition, {
  positional: { kth: int() },
  options: ARGPARTITION,
});

/** Keras's own operation has its pattern in no config: what it does is written with three others. */
export const rearrange: Row<typeof ops.rearrange> = {
  definitions: [],
  operands: [0],
  apply: (x, pattern, lengths = {}) => {
    const dims = (x as KerasTensor).shape.map((dim) => dim ?? -1);
    const { split, order, joined } = rearrangement(pattern, dims, lengths);
    return reshape.apply(transpose.apply(reshape.apply(x, split), order), joined);
  },
};
