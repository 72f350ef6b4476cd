import { FormatError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import { snakeCase } from "../../core/names.js";
import { type Config, isConfig } from "../../core/parts.js";
import { PRESENT } from "../../core/reading.js";
import type { Json } from "../../core/stateful.js";
import type { Vfs } from "../../core/vfs.js";
import { type Learning, learningLayers } from "../../layers/base/learned.js";
import * as layers from "../../layers/index.js";
import { encodeModel } from "../../saving/encode.js";
import { loadModelFile } from "../../saving/load.js";
import { NO_CONFIGS } from "../../saving/model-outline.js";
import { commitFile } from "../../store/commit.js";
import { decodeTrainState, encodeTrainState, freshState } from "../../training/state/train-state.js";
import { Cross, Feature } from "./feature.js";

/** What files need of a space. */
interface Space {
  readonly name: string;
  readonly features: Readonly<Record<string, Feature>>;
  readonly crosses: readonly Cross[];
  readonly preprocessors: Readonly<Record<string, layers.AnyLayer>>;
  readonly options: {
    readonly outputMode: "concat" | "dict";
    readonly crossingDim: number;
    readonly hashingDim: number;
    readonly numDiscretizationBins: number;
  };
}

/** What a space is made with. */
type SpaceOptions = Space["options"] & { readonly crosses: readonly Cross[] };

const MODULE = "keras.src.layers.preprocessing.feature_space";

const part = (className: string, config: Config): Config => ({
  module: MODULE,
  class_name: className,
  config,
  registered_name: className,
});

/** Keras's dictionary of a space. */
export function featureSpaceConfig(space: Space): Config {
  const { outputMode, crossingDim, hashingDim, numDiscretizationBins } = space.options;
  const features = Object.entries(space.features).map(([name, feature]) => [name, featureConfig(feature)] as const);
  const crosses = space.crosses.map(({ featureNames, crossingDim: size, outputMode: mode }) =>
    part("Cross", { feature_names: [...featureNames], crossing_dim: size, output_mode: mode }),
  );
  return {
    module: "keras.utils",
    class_name: "FeatureSpace",
    config: {
      features: Object.fromEntries(features),
      output_mode: outputMode,
      crosses,
      crossing_dim: crossingDim,
      hashing_dim: hashingDim,
      num_discretization_bins: numDiscretizationBins,
    },
    registered_name: null,
    build_config: Object.fromEntries(Object.keys(space.features).map((name) => [name, { input_shape: [null, 1] }])),
  };
}

function featureConfig({ dtype, preprocessor, outputMode }: Feature): Config {
  const own = layers.serialize(preprocessor) as Config;
  const isPlain = preprocessor instanceof layers.Identity;
  return part("Feature", {
    dtype,
    preprocessor: isPlain ? part("TFDIdentity", own["config"] as Config) : own,
    output_mode: outputMode,
  });
}

/** Layers at their places in Keras's file: by class, in the order of the features. */
function placesOf(space: Space): [string, layers.AnyLayer][] {
  const used = new Map<string, number>();
  return Object.values(space.preprocessors).map((layer) => {
    const name = layer instanceof layers.Identity ? "tfd_identity" : snakeCase(layer.className);
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    return [`preprocessors/${before === 0 ? name : `${name}_${before}`}`, layer];
  });
}

export async function writeFeatureSpace(space: Space, path: string, vfs: Vfs): Promise<void> {
  const places = placesOf(space);
  const learning = places.flatMap(([, layer]) => learningLayers(layer));
  const objects = places.flatMap(([place, layer]) => {
    const learns = (learning as readonly unknown[]).indexOf(layer);
    const object = { path: place, name: layer.name, weights: layer.ownWeights.map((weight) => weight.read()) };
    if (learns < 0) return [object];
    const further = (layer as layers.AnyLayer & Learning).learnedPlaces ?? [];
    return [
      { ...object, learns },
      ...further.map((inner) => ({ path: `${place}/${inner}`, name: inner, weights: [], learns })),
    ];
  });
  const state = encodeTrainState({ ...freshState(0), learned: learning.map((layer) => layer.getLearned()) });
  const bytes = joinBytes(
    await encodeModel(
      {
        ...NO_CONFIGS,
        model: featureSpaceConfig(space),
        label: `FeatureSpace "${space.name}"`,
        name: space.name,
        ownCompile: {},
        layers: [],
        topLevel: [],
        frozen: [],
        objects,
        optimizer: null,
        several: null,
        state,
      },
      "keras",
    ),
  );
  await commitFile(vfs, path, bytes, { overwrite: true });
}

type Make<S extends Space> = (features: Record<string, Feature>, options: SpaceOptions) => S;

export async function readFeatureSpace<S extends Space>(path: string, vfs: Vfs, make: Make<S>): Promise<S> {
  const loaded = await loadModelFile(path, { vfs });
  const config = loaded.model["config"];
  const features = isConfig(config) ? config["features"] : null;
  if (loaded.className !== "FeatureSpace" || !isConfig(config) || !isConfig(features)) {
    throw new FormatError({
      code: "not-a-feature-space",
      what: `"${path}" holds no FeatureSpace`,
      received: loaded.className,
      fix: "For models there is loadModel",
    });
  }
  const option = (key: string): never => config[key] as never;
  const crosses = Array.isArray(config["crosses"]) ? (config["crosses"] as readonly Json[]) : [];
  const space = make(
    Object.fromEntries(
      Object.entries(features).map(([name, json]) => [name, featureIn(json, `"${path}", feature "${name}"`)]),
    ),
    {
      outputMode: option("output_mode"),
      crosses: crosses.map((json) => crossIn(json)),
      crossingDim: option("crossing_dim"),
      hashingDim: option("hashing_dim"),
      numDiscretizationBins: option("num_discretization_bins"),
    },
  );
  const { weights } = loaded;
  const own = loaded.state === null ? null : decodeTrainState(loaded.state).learned;
  const places = placesOf(space);
  const learning = places.flatMap(([, layer]) => learningLayers(layer));
  for (const [place, layer] of places) {
    if (layer instanceof layers.Normalization) layer.ensureBuilt([[null, 1]]);
    const stored = weights.layout === "paths" ? (weights.objects.get(place) ?? []) : [];
    layer.ownWeights.forEach((weight, i) => {
      if (stored[i] !== undefined) weight.write(stored[i]);
    });
    const at = (learning as readonly unknown[]).indexOf(layer);
    const found = at < 0 ? null : (own?.[at] ?? loaded.learned.get(place) ?? null);
    if (found !== null) learning[at]!.setLearned(found);
  }
  return space;
}

const inside = (json: Json): Config => (isConfig(json) && isConfig(json["config"]) ? json["config"] : {});

function featureIn(json: Json, where: string): Feature {
  const { dtype, preprocessor, output_mode } = inside(json);
  const isPlain = isConfig(preprocessor) && preprocessor["class_name"] === "TFDIdentity";
  const described = isPlain
    ? { ...(preprocessor as Config), class_name: "Identity", registered_name: null }
    : preprocessor;
  const layer = layers.deserialize(described ?? null, { ...PRESENT, resolve: layers.resolveLayer }, where);
  return new Feature(dtype as never, layer, output_mode as never);
}

function crossIn(json: Json): Cross {
  const { feature_names, crossing_dim, output_mode } = inside(json);
  return new Cross(feature_names as readonly string[], crossing_dim as number, output_mode as "int");
}
