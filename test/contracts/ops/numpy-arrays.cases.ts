import * as ops from "../../../src/ops/index.js";
import { type OpRows, on } from "../op-case.js";

export const numpyArrays: OpRows<
  | "fliplr"
  | "ravel"
  | "flip"
  | "flipud"
  | "rot90"
  | "meshgrid"
  | "unravelIndex"
  | "select"
  | "searchsorted"
  | "digitize"
  | "bincount"
  | "histogram"
  | "unique"
  | "diff"
  | "cumprod"
  | "append"
  | "hstack"
  | "vstack"
  | "dstack"
  | "arraySplit"
  | "hsplit"
  | "vsplit"
  | "dsplit"
  | "diag"
  | "diagflat"
  | "identity"
  | "tri"
  | "vander"
  | "kron"
  | "inner"
  | "vdot"
  | "cross"
  | "average"
  | "countNonzero"
  | "ptp"
  | "trapezoid"
  | "corrcoef"
  | "correlate"
  | "kaiser"
  | "array"
  | "convertToTensor"
  | "empty"
  | "emptyLike"
  | "fullLike"
  | "logspace"
  | "geomspace"
  | "bartlett"
  | "blackman"
  | "hamming"
  | "hanning"
> = {
  fliplr: [on("plain", ops.fliplr)],
  ravel: [on("plain", ops.ravel)],
  flip: [on("all", (x) => ops.flip(x!, [1, 2])), on("last", (x) => ops.flip(x!, -1)), on("rows", (x) => ops.flip(x!))],
  flipud: [on("plain", ops.flipud)],
  rot90: [
    on("once", (x) => ops.rot90(x!, { axes: [1, 2] })),
    on("twice", (x) => ops.rot90(x!, { k: 2, axes: [1, 2] })),
    on("back", (x) => ops.rot90(x!, { k: -1, axes: [2, 1] })),
    on("thrice", (x) => ops.rot90(x!, { k: 3, axes: [1, 2] })),
  ],
  meshgrid: [
    on("xy", (a, b) => ops.multiply(ops.meshgrid([a!, b!])[0]!, ops.meshgrid([a!, b!])[1]!), []),
    on("ij", (a, b, c) => ops.multiply(ops.meshgrid([a!, b!, c!], { indexing: "ij" })[1]!, c!), []),
    on("three", (a, b, c) => ops.multiply(ops.meshgrid([a!, b!, c!])[1]!, c!), []),
  ],
  unravelIndex: [on("plain", (x) => ops.stack(ops.unravelIndex(x!, [2, 3, 4]), 0))],
  select: [
    on("two", (c, d, x, y) => ops.select([c!, d!], [x!, y!], 0.5)),
    on("default", (c, x, y) => ops.select([c!], [x!], y!)),
  ],
  searchsorted: [
    on("left", (s, x) => ops.searchsorted(s!, x!), [1]),
    on("right", (s, x) => ops.searchsorted(s!, x!, { side: "right" }), [1]),
  ],
  digitize: [on("plain", ops.digitize, [0])],
  bincount: [
    on("counts", (x) => ops.bincount(x!, null, { minlength: 6 })),
    on("weights", (x, w) => ops.bincount(x!, w!, { minlength: 6 })),
  ],
  histogram: [
    on("counts", (x) => ops.histogram(x!, { bins: 5 }).counts),
    on("edges", (x) => ops.histogram(x!, { bins: 4 }).edges),
    on("range", (x) => ops.histogram(x!, { bins: 3, range: [-1, 1.5] }).counts),
  ],
  unique: [
    on("values", (x) => ops.unique(x!, { size: 6 }).values, []),
    on("filled", (x) => ops.unique(x!, { size: 9, fillValue: -5 }).values, []),
    on("inverse", (x) => ops.unique(x!, { size: 12 }).inverse, []),
    on(
      "indices and counts",
      (x) => {
        const { indices, counts } = ops.unique(x!, { size: 4 });
        return ops.stack([indices, counts], 0);
      },
      [],
    ),
  ],
  diff: [on("once", (x) => ops.diff(x!)), on("twice", (x) => ops.diff(x!, { n: 2, axis: 1 }))],
  cumprod: [on("last", (x) => ops.cumprod(x!, -1)), on("middle", (x) => ops.cumprod(x!, 1))],
  append: [on("axis", (a, b) => ops.append(a!, b!, 1)), on("flat", (a, b) => ops.append(a!, b!), [])],
  hstack: [on("matrices", (a, b) => ops.hstack([a!, b!])), on("rows", (a, b) => ops.hstack([a!, b!]), [])],
  vstack: [on("rows", (a, b) => ops.vstack([a!, b!]), []), on("matrices", (a, b) => ops.vstack([a!, b!]), [])],
  dstack: [
    on("images", (a, b) => ops.dstack([a!, b!])),
    on("matrices", (a, b) => ops.dstack([a!, b!])),
    on("rows", (a, b) => ops.dstack([a!, b!]), []),
  ],
  arraySplit: [on("third", (x) => ops.arraySplit(x!, 3, 1)[0]!)],
  hsplit: [on("half", (x) => ops.hsplit(x!, 2)[1]!), on("places", (x) => ops.hsplit(x!, [1])[1]!)],
  vsplit: [on("half", (x) => ops.vsplit(x!, 2)[1]!)],
  dsplit: [on("half", (x) => ops.dsplit(x!, 2)[1]!)],
  diag: [
    on("made", (x) => ops.diag(x!), []),
    on("above", (x) => ops.diag(x!, 2), []),
    on("taken", (x) => ops.diag(x!, -1), []),
    on("whole", (x) => ops.diag(x!), []),
  ],
  diagflat: [on("below", (x) => ops.diagflat(x!, -1), [])],
  identity: [on("three", () => ops.identity(3))],
  tri: [on("wide", () => ops.tri(3, 5, 1)), on("square", () => ops.tri(3, 3, 0, "int32"))],
  vander: [
    on("falling", (x) => ops.vander(x!), []),
    on("rising", (x) => ops.vander(x!, { n: 3, increasing: true }), []),
  ],
  kron: [on("matrices", ops.kron, []), on("ranks", ops.kron, [])],
  inner: [on("matrices", ops.inner, [0]), on("vector", ops.inner, [0])],
  vdot: [on("matrices", ops.vdot, [])],
  cross: [
    on("three", (a, b) => ops.cross(a!, b!)),
    on("two", (a, b) => ops.cross(a!, b!)),
    on("mixed", (a, b) => ops.cross(a!, b!, { axisa: 1, axisb: 1, axisc: 1 })),
    on("axis", (a, b) => ops.cross(a!, b!, { axis: 1 })),
  ],
  average: [
    on("plain", (x) => ops.average(x!)),
    on("weights", (x, w) => ops.average(x!, w!, 1), [0]),
    on("all weights", (x, w) => ops.average(x!, w!, 1)),
  ],
  countNonzero: [on("last", (x) => ops.countNonzero(x!, -1)), on("all", (x) => ops.countNonzero(x!))],
  ptp: [on("last", (x) => ops.ptp(x!, { axes: -1 })), on("kept", (x) => ops.ptp(x!, { axes: 1, keepDims: true }))],
  trapezoid: [
    on("plain", (y) => ops.trapezoid(y!, null, { dx: 0.5 })),
    on("places", (y, x) => ops.trapezoid(y!, x!, { axis: 1 }), [0]),
    on("all places", (y, x) => ops.trapezoid(y!, x!)),
  ],
  corrcoef: [on("rows", ops.corrcoef, [])],
  correlate: [
    on("valid", (a, b) => ops.correlate(a!, b!), []),
    on("same", (a, b) => ops.correlate(a!, b!, { mode: "same" }), []),
    on("same, longer", (a, b) => ops.correlate(a!, b!, { mode: "same" }), []),
    on("same, longer, odd", (a, b) => ops.correlate(a!, b!, { mode: "same" }), []),
    on("full", (a, b) => ops.correlate(a!, b!, { mode: "full" }), []),
    on("valid, longer", (a, b) => ops.correlate(a!, b!), []),
  ],
  kaiser: [on("seven", () => ops.kaiser(7, 8.6))],
  array: [on("int", (x) => ops.array(x!, "int32"))],
  convertToTensor: [on("itself", (x) => ops.convertToTensor(x!))],
  empty: [on("zeros", () => ops.empty([3, 2], "int32"))],
  emptyLike: [on("zeros", (x) => ops.emptyLike(x!))],
  fullLike: [on("number", (x) => ops.fullLike(x!, 2.5)), on("int", (x) => ops.fullLike(x!, 3, "int32"))],
  logspace: [
    on("four", () => ops.logspace(-1, 2, { num: 4 })),
    on("open", () => ops.logspace(0, 3, { num: 5, endpoint: false, base: 2 })),
  ],
  geomspace: [
    on("four", () => ops.geomspace(0.5, 32, { num: 4 })),
    on("negative", () => ops.geomspace(-1, -9, { num: 3 })),
  ],
  bartlett: [on("seven", () => ops.bartlett(7)), on("one", () => ops.bartlett(1))],
  blackman: [on("seven", () => ops.blackman(7)), on("one", () => ops.blackman(1))],
  hamming: [on("seven", () => ops.hamming(7)), on("one", () => ops.hamming(1))],
  hanning: [on("seven", () => ops.hanning(7)), on("one", () => ops.hanning(1))],
};
