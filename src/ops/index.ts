export { abs, abs as absolute } from "./abs.js";
export { type AdaptivePoolOptions, adaptiveAveragePool, adaptiveMaxPool } from "./adaptive-pooling.js";
export { add } from "./add.js";
export { all } from "./all.js";
export { allSum } from "./all-sum.js";
export { any } from "./any.js";
export { arange } from "./arange.js";
export { argmax } from "./argmax.js";
export { argmin } from "./argmin.js";
export { type ArgpartitionOptions, argpartition } from "./argpartition.js";
export type { SortOptions } from "./argsort.js";
export { argsort } from "./argsort.js";
export type { NanToNumOptions } from "./arithmetic.js";
export {
  copy,
  divideNoNan,
  fabs,
  fmax,
  fmin,
  fmod,
  heaviside,
  nanToNum,
  nextafter,
  trueDivide,
  trunc,
} from "./arithmetic.js";
export type { MeshgridOptions, Rot90Options } from "./arranging.js";
export { flip, fliplr, flipud, meshgrid, ravel, rot90, select, unravelIndex } from "./arranging.js";
export type { AssociativeScanOptions } from "./associative-scan.js";
export { associativeScan } from "./associative-scan.js";
export { averagePool } from "./average-pool.js";
export type { ReduceOptions } from "./axes.js";
export { batchRows } from "./batch-rows.js";
export type {
  BincountOptions,
  Histogram,
  HistogramOptions,
  SearchsortedOptions,
  Unique,
  UniqueOptions,
} from "./bins.js";
export { bincount, digitize, histogram, searchsorted, unique } from "./bins.js";
export {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  gcd,
  lcm,
  leftShift,
  rightShift,
} from "./bits.js";
export { broadcastTo } from "./broadcast-to.js";
export { cast } from "./cast.js";
export { ceil } from "./ceil.js";
export { clip } from "./clip.js";
export { angle, conj, conjugate, eig, imag, nonzero, polar, real, view, viewAsComplex, viewAsReal } from "./complex.js";
export { concatenate } from "./concatenate.js";
export { cond } from "./cond.js";
export { constant } from "./constant.js";
export type { ConvOptions } from "./conv.js";
export { conv } from "./conv.js";
export { convTranspose } from "./conv-transpose.js";
export { cos } from "./cos.js";
export type { LogspaceOptions, SpaceOptions } from "./creation.js";
export {
  array,
  convertToNumpy,
  convertToTensor,
  dtype,
  empty,
  emptyLike,
  fullLike,
  geomspace,
  isTensor,
  logspace,
  ndim,
  saturateCast,
  shape,
  size,
} from "./creation.js";
export type { CtcDecodeOptions } from "./ctc-decode.js";
export { ctcDecode } from "./ctc-decode.js";
export type { CtcLossOptions } from "./ctc-loss.js";
export { ctcLoss } from "./ctc-loss.js";
export { cumsum } from "./cumsum.js";
export type { DiffOptions } from "./cumulative.js";
export { cumprod, diff } from "./cumulative.js";
export type { WithGradient } from "./custom-gradient.js";
export { customGradient } from "./custom-gradient.js";
export { diagonal } from "./diagonal.js";
export { divide } from "./divide.js";
export { dot } from "./dot.js";
export { einsum } from "./einsum.js";
export { equal } from "./equal.js";
export { erf } from "./erf.js";
export { exp } from "./exp.js";
export { expandDims } from "./expand-dims.js";
export { expm1 } from "./expm1.js";
export { eye } from "./eye.js";
export type { Eigh, Qr, QrOptions, TriangleOptions } from "./factoring.js";
export { cholesky, choleskyInverse, eigh, qr } from "./factoring.js";
export { fft } from "./fft.js";
export { fft2 } from "./fft2.js";
export { flatten2d } from "./flatten2d.js";
export { floor } from "./floor.js";
export { floorDivide } from "./floor-divide.js";
export { foriLoop } from "./fori-loop.js";
export type { Complex } from "./fourier.js";
export { full } from "./full.js";
export { gather } from "./gather.js";
export type { Item, ItemRange } from "./get-item.js";
export { getItem } from "./get-item.js";
export type { Differentiable, GradientOptions } from "./gradients.js";
export { gradients } from "./gradients.js";
export { greater } from "./greater.js";
export { greaterEqual } from "./greater-equal.js";
export { ifft } from "./ifft.js";
export { ifft2 } from "./ifft2.js";
export * as image from "./image/index.js";
export { input } from "./input.js";
export { iota } from "./iota.js";
export { irfft } from "./irfft.js";
export { isNan, isNan as isnan } from "./is-nan.js";
export type { IstftOptions } from "./istft.js";
export { istft } from "./istft.js";
export type { Sections } from "./joining.js";
export { append, arraySplit, dsplit, dstack, hsplit, hstack, vsplit, vstack } from "./joining.js";
export type { Jvp } from "./jvp.js";
export { jvp, vectorize } from "./jvp.js";
export { l2Norm } from "./l2-norm.js";
export { less } from "./less.js";
export { lessEqual } from "./less-equal.js";
export { linspace } from "./linspace.js";
export { log } from "./log.js";
export { logAddExp, logAddExp as logaddexp } from "./log-add-exp.js";
export { logSoftmax } from "./log-softmax.js";
export { logSumExp, logSumExp as logsumexp } from "./log-sum-exp.js";
export { log1p } from "./log1p.js";
export { cbrt, exp2, i0, ldexp, log2, log10, logaddexp2 } from "./logarithms.js";
export { logicalAnd } from "./logical-and.js";
export { logicalNot } from "./logical-not.js";
export { logicalOr } from "./logical-or.js";
export { logicalXor } from "./logical-xor.js";
export { map } from "./map.js";
export { matmul } from "./matmul.js";
export type { CrossOptions, VanderOptions } from "./matrices.js";
export { cross, diag, diagflat, identity, inner, kron, tri, vander, vdot } from "./matrices.js";
export { max, max as amax } from "./max.js";
export { maxPool } from "./max-pool.js";
export { maximum } from "./maximum.js";
export { mean } from "./mean.js";
export { min, min as amin } from "./min.js";
export { minimum } from "./minimum.js";
export { mod } from "./mod.js";
export { moveAxis, moveAxis as moveaxis } from "./move-axis.js";
export { multiply } from "./multiply.js";
export {
  nanargmax,
  nanargmin,
  nancumprod,
  nancumsum,
  nanmax,
  nanmean,
  nanmin,
  nanprod,
  nanstd,
  nansum,
  nanvar,
} from "./nan-aware.js";
export { neg, neg as negative } from "./neg.js";
export type {
  AttentionOptions,
  BatchNormalizationOptions,
  ClassesOptions,
  LogitsOptions,
  Moments,
  MomentsOptions,
  NormalizationOptions,
} from "./nn.js";
export {
  batchNormalization,
  binaryCrossentropy,
  categoricalCrossentropy,
  dotProductAttention,
  layerNormalization,
  moments,
  rmsNormalization,
  sparseCategoricalCrossentropy,
} from "./nn.js";
export type { ChannelsOptions, SequencesOptions } from "./nn-arrays.js";
export { cdist, depthToSpace, extractSequences, inTopK, multiHot, psnr, spaceToDepth } from "./nn-arrays.js";
export type { NormOptions } from "./norm.js";
export { norm } from "./norm.js";
export type { NormalizeOptions } from "./normalize.js";
export { normalize } from "./normalize.js";
export { notEqual } from "./not-equal.js";
export type { CloseOptions, IsinOptions } from "./number-tests.js";
export { allclose, isclose, isfinite, isin, isinf, isneginf, isposinf, isreal, signbit } from "./number-tests.js";
export { oneHot } from "./one-hot.js";
export { ones } from "./ones.js";
export { onesLike } from "./ones-like.js";
export type { Operand } from "./operand.js";
export { outer } from "./outer.js";
export { pad } from "./pad.js";
export type { DepthwiseConvOptions, PatchOptions } from "./patches.js";
export { depthwiseConv, fold, separableConv, unfold } from "./patches.js";
export type { PoolOptions } from "./pooling.js";
export { power } from "./power.js";
export { prod } from "./prod.js";
export type { QuantileOptions } from "./quantiles.js";
export { median, nanmedian, nanpercentile, nanquantile, percentile, quantile } from "./quantiles.js";
export { random } from "./random.js";
export { rearrange } from "./rearrange.js";
export { reciprocal } from "./reciprocal.js";
export { recur } from "./recur.js";
export { relu } from "./relu.js";
export { repeat } from "./repeat.js";
export { reshape } from "./reshape.js";
export { reverse } from "./reverse.js";
export type { RfftOptions } from "./rfft.js";
export { rfft } from "./rfft.js";
export { roll } from "./roll.js";
export { round } from "./round.js";
export { rsqrt } from "./rsqrt.js";
export type { ScanOptions } from "./scan.js";
export { scan } from "./scan.js";
export { scatterAdd } from "./scatter-add.js";
export type { ScatterUpdateOptions, SegmentOptions } from "./scattering.js";
export { scatter, scatterUpdate, segmentMax, segmentMin, segmentProd, segmentSum, sliceUpdate } from "./scattering.js";
export { sigmoid } from "./sigmoid.js";
export { sign } from "./sign.js";
export { sin } from "./sin.js";
export { slice } from "./slice.js";
export { softmax } from "./softmax.js";
export { softplus } from "./softplus.js";
export type { LuFactor, SignedLog } from "./solving.js";
export { det, inv, logdet, luFactor, slogdet, solve, solveTriangular } from "./solving.js";
export { sort } from "./sort.js";
export { sortDescending } from "./sort-descending.js";
export { erfc, erfinv } from "./special.js";
export { split } from "./split.js";
export { sqrt } from "./sqrt.js";
export { square } from "./square.js";
export { squeeze } from "./squeeze.js";
export { stack } from "./stack.js";
export type { CorrelateOptions, TrapezoidOptions } from "./statistics.js";
export { average, corrcoef, correlate, countNonzero, ptp, trapezoid } from "./statistics.js";
export { std } from "./std.js";
export { stft } from "./stft.js";
export type { StftOptions } from "./stft-options.js";
export { stopGradient } from "./stop-gradient.js";
export { subtract } from "./subtract.js";
export { sum } from "./sum.js";
export type { Svd, SvdOptions } from "./svd.js";
export { lstsq, matrixRank, pinv, svd } from "./svd.js";
export { swapAxes, swapAxes as swapaxes } from "./swap-axes.js";
export { switch } from "./switch.js";
export { take } from "./take.js";
export { takeAlongAxis } from "./take-along-axis.js";
export { tanh } from "./tanh.js";
export type { TensordotAxes } from "./tensordot.js";
export { tensordot } from "./tensordot.js";
export { tile } from "./tile.js";
export type { TopK } from "./top-k.js";
export { topK } from "./top-k.js";
export { trace } from "./trace.js";
export { transpose } from "./transpose.js";
export type { Tree } from "./tree.js";
export {
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctan2,
  arctanh,
  cosh,
  deg2rad,
  hypot,
  rad2deg,
  sinc,
  sinh,
  tan,
} from "./trigonometry.js";
export { tril } from "./tril.js";
export { triu } from "./triu.js";
export { unstack } from "./unstack.js";
export { variance, variance as var } from "./variance.js";
export { vectorizedMap } from "./vectorized-map.js";
export { where } from "./where.js";
export type { WhileLoopOptions } from "./while-loop.js";
export { whileLoop } from "./while-loop.js";
export { bartlett, blackman, hamming, hanning, kaiser } from "./window-functions.js";
export { zeros } from "./zeros.js";
export { zerosLike } from "./zeros-like.js";
