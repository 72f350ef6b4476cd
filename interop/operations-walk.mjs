// Models of the operations that every_operation.py leaves out: of cases where nothing has the rows of a batch, and of
// operations that have no case of their own in test/contracts/ops.
import { Input, ops, Tensor } from "../dist/index.js";
import { casesOnTensors, dataOf, fixture, hasRows, outsideNetworks } from "./operations-cases.mjs";

/** Names of all operations, those of a namespace as "image.resize". */
const NAMES = Object.keys(ops).flatMap((name) =>
  typeof ops[name] === "function" ? [name] : Object.keys(ops[name]).map((member) => `${name}.${member}`),
);

const numbers = Tensor.from([
  [-4, -1.5, -0.25, 0],
  [0.1, 0.5, 1.25, 2],
  [3, 5.5, 7, -0.75],
]);
const on = (call, ...inputs) => [{ label: "float", call, inputs: inputs.length === 0 ? [numbers] : inputs }];
const whole = (...rows) => Tensor.from(rows).cast("int32");
const column = (...list) => new Tensor(Int32Array.from(list), [list.length], "int32");
const TARGET = whole([1, 2, 2, 0], [3, 1, 0, 0], [2, 2, 1, 3]);
const SCORES = new Tensor(
  Float32Array.from({ length: 84 }, (_, i) => Math.sin(i * 2.3) * 3),
  [3, 7, 4],
);
const LENGTHS = [column(3, 2, 4), column(6, 5, 7)];
const ACTIVATIONS = [
  ..."celu elu gelu glu hardShrink hardSigmoid hardSilu hardSwish hardTanh leakyRelu logSigmoid relu6 selu silu".split(
    " ",
  ),
  ..."softShrink softsign sparsePlus sparseSigmoid sparsemax squareplus swish tanhShrink".split(" "),
];

/** Cases of ops whose contract tests are elsewhere, or which the contract tests give what only a graph has. */
const MORE = {
  ...Object.fromEntries(ACTIVATIONS.map((name) => [name, on((x) => ops[name](x))])),
  threshold: on((x) => ops.threshold(x, { threshold: 0.5, defaultValue: -1 })),
  absolute: on((x) => ops.absolute(x)),
  amax: on((x) => ops.amax(x, { axes: 1 })),
  amin: on((x) => ops.amin(x, { axes: 1, keepDims: true })),
  isnan: on((x) => ops.isnan(ops.sqrt(x))),
  logaddexp: on((x, y) => ops.logaddexp(x, y), numbers, numbers),
  logsumexp: on((x) => ops.logsumexp(x, { axes: -1 })),
  moveaxis: on((x) => ops.moveaxis(x, -1, 1), SCORES),
  negative: on((x) => ops.negative(x)),
  swapaxes: on((x) => ops.swapaxes(x, 1, 2), SCORES),
  var: on((x) => ops.var(x, { axes: -1 })),
  ctcLoss: [
    { label: "lengths", call: (t, x, n, m) => ops.ctcLoss(t, x, n, m), inputs: [TARGET, SCORES, ...LENGTHS] },
    {
      label: "another blank",
      call: (t, x, n, m) => ops.ctcLoss(ops.minimum(t, 2), x, n, m, { maskIndex: 3 }),
      inputs: [TARGET, SCORES, ...LENGTHS],
    },
  ].map((row) => ({ ...row, batch: [0, 1, 2, 3] })),
  ctcDecode: [
    { label: "merged", call: (x, n) => ops.ctcDecode(x, n) },
    { label: "apart", call: (x, n) => ops.ctcDecode(x, n, { mergeRepeated: false, maskIndex: 3 }) },
    { label: "beams", call: (x, n) => ops.ctcDecode(x, n, { strategy: "beam_search", beamWidth: 9, topPaths: 3 }) },
  ].map((row) => ({ ...row, batch: [0, 1], inputs: [SCORES, LENGTHS[1]] })),
};

/** Operands that are data: Keras keeps them among the settings of its operation. */
const DATA = { "bincount, weights": [1], "trapezoid, all places": [1] };

/** Where nothing has rows, the model has one, which is summed away: the first axis of an Input is that of the batch. */
const withoutRows = (x, dtype) => (dtype === "bool" ? ops.any(x, { axes: 0 }) : ops.sum(x, { axes: 0 }));

function modelOf(label, row, inputs) {
  const rows = inputs.map((_, i) => !(label in DATA) && hasRows(row, inputs, i));
  const anyRows = rows.includes(true);
  const isInput = inputs.map((_, i) => (anyRows ? rows[i] : !DATA[label]?.includes(i)));
  const data = inputs.filter((_, i) => isInput[i]);
  const make = () => {
    const leaves = data.map(({ shape, dtype }) => Input({ shape: anyRows ? shape.slice(1) : shape, dtype }));
    const left = [...leaves];
    const given = inputs.map((x, i) => {
      if (!isInput[i]) return x;
      return anyRows ? left.shift() : withoutRows(left.shift(), x.dtype);
    });
    return [leaves, row.call(...given)];
  };
  return { label, anyRows, make, data: anyRows ? data : data.map((x) => new Tensor(x.data, [1, ...x.shape], x.dtype)) };
}

/**
 * The models: label, data of the inputs, and what makes inputs and outputs.
 * @throws for an operation that has a case neither here nor there
 */
export async function walk(folder) {
  const [cases, outside] = await Promise.all([casesOnTensors(folder), outsideNetworks(folder)]);
  const names = NAMES.filter((name) => !outside.includes(name));
  const without = names.filter((name) => !(name in cases || name in MORE));
  if (without.length > 0)
    throw new Error(`No case in operations-walk.mjs or test/contracts/ops: ${without.join(", ")}`);
  return names.flatMap((name) => {
    if (name in MORE) return MORE[name].map((row) => modelOf(`${name}, ${row.label}`, row, row.inputs));
    return cases[name]
      .filter(({ byHand }) => byHand === undefined)
      .map((row) => modelOf(`${name}, ${row.label}`, row, fixture[name][row.label].inputs.map(dataOf)))
      .filter(({ anyRows }) => !anyRows);
  });
}
