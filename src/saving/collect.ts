import type { Config } from "../core/parts.js";
import type { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/index.js";
import { serialize, withStyle } from "../layers/serialize.js";
import type { NamedTensor } from "../optimizers/index.js";
import type { Savable } from "../training/savable.js";
import { compileConfig, ownCompileConfig } from "./compile-config.js";
import { placeObjects } from "./object-paths.js";
import type { Collected } from "./types.js";

/**
 * Copies everything that files have of a model, without an await: what training does afterwards does not show. Each
 * variable is copied once, however many places of a file it gets.
 * @throws {StateError} when the model is not built
 * @throws {OptionError} when something in it has no name that a file could give it
 */
export function collectModel(model: Savable): Collected {
  const { network, compileArgs, optimizer } = model;
  const copies = new Map<Variable, Tensor>();
  const copy = (variable: Variable): Tensor => {
    let tensor = copies.get(variable);
    if (tensor === undefined) copies.set(variable, (tensor = variable.read()));
    return tensor;
  };
  const named = (variable: Variable): NamedTensor => ({ name: variable.path, tensor: copy(variable) });
  const compile = compileArgs === null ? null : compileConfig(compileArgs);
  return {
    label: network.label,
    model: { ...(serialize(network) as Config), ...(compile === null ? {} : { compile_config: compile }) },
    legacyModel: withStyle("legacy", () => serialize(network)) as Config,
    compile,
    ownCompile: compileArgs === null ? {} : ownCompileConfig(compileArgs),
    layers: network.layers.map((layer) => ({
      name: layer.name,
      weights: [...layer.trainableWeights, ...layer.nonTrainableWeights].map(named),
    })),
    objects: placeObjects(network).map(({ path, layer, variables }) => ({
      path,
      name: layer.name,
      tensors: variables.map(copy),
    })),
    optimizer:
      optimizer === null
        ? null
        : {
            name: optimizer.name,
            entries: optimizer.variables.map((entry) => ({
              name: entry.name,
              tensor: entry.variable === undefined ? entry.read() : copy(entry.variable),
            })),
          },
    state: model.getTrainState(),
  };
}
