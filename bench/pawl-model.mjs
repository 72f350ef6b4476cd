import { camel, dataOf, wire } from "./protocol.mjs";

/** A model of models/ in Pawl, which is given, and compiled. */
export async function build(pawl, model, compileOptions = {}) {
  const { Input, layers, Model } = pawl;
  const make = (name, given) => {
    const Layer = layers[name];
    if (Layer === undefined) throw new Error(`no layer ${name}`);
    const { of, ...rest } = given;
    const options = camel(rest);
    // A layer around another one.
    if (of !== undefined) options.layer = inner(of);
    const first = Layer.positional?.map((key) => options[key]) ?? [];
    for (const key of Layer.positional ?? []) delete options[key];
    return new Layer(...first, options);
  };
  const inner = ({ layer, ...options }) => make(layer, options);
  if (model.application !== undefined) return application(pawl, model, compileOptions);
  const inputs = model.inputs.map(({ shape, below, positions }) =>
    Input({ shape, dtype: below || positions ? "int32" : "float32" }),
  );
  const outputs = wire(model, inputs, make, (layer, given, call) => layer.apply(given, camel(call)));
  const built = new Model(inputs, outputs);
  built.compile({ ...compiling(pawl, model), ...compileOptions });
  return built;
}

/** An optimizer, loss and metrics; Adam and accuracy where a model does not say. */
function compiling(pawl, { optimizer = "adam", loss, metrics = ["accuracy"] }) {
  const part = (kind, given) => {
    if (typeof given === "string") return given;
    const { class: name, ...options } = given;
    return new pawl[kind][name](camel(options));
  };
  return {
    optimizer: part("optimizers", optimizer),
    loss,
    metrics: metrics.map((metric) => part("metrics", metric)),
  };
}

/** A network that the library has whole, with new weights. */
async function application(pawl, model, compileOptions) {
  const { application: name, inputs, labels } = model;
  const make = pawl.applications?.[name];
  if (make === undefined) throw new Error(`no application ${name}`);
  const options = { weights: null, inputShape: inputs[0].shape, classes: labels.classes };
  const built = await make(options);
  built.compile({ ...compiling(pawl, model), ...compileOptions });
  return built;
}

/** Inputs and labels for some steps. */
export function tensors({ Tensor }, model, steps) {
  const { x, y } = dataOf(model, steps);
  const inputs = x.map(({ data, shape }) => new Tensor(data, shape));
  return [inputs.length === 1 ? inputs[0] : inputs, new Tensor(y.data, y.shape)];
}
