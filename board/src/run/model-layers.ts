/** A layer as a drawing shows it. */
export interface DrawnLayer {
  readonly name: string;
  readonly className: string;
  /** What tells most of it: "64, relu". */
  readonly settings: string;
  /** Names of the layers that it gets its inputs from. */
  readonly inputs: readonly string[];
}

type Members = { readonly [key: string]: unknown };
const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Settings that say most, in this order. */
const TELLING = [
  "batch_shape",
  "units",
  "filters",
  "kernel_size",
  "pool_size",
  "strides",
  "rate",
  "input_dim",
  "output_dim",
  "num_heads",
  "key_dim",
  "target_shape",
  "activation",
  "axis",
];
const MOST = 400;

/** The layers of a model's config, as Keras spells it; nothing for what is no such config. */
export function layersIn(model: unknown): DrawnLayer[] {
  const config = findConfig(model, 0);
  if (config === null) return [];
  const layers = (config["layers"] as readonly unknown[]).filter(isMembers).slice(0, MOST);
  const sequential = !layers.some(
    (layer) => Array.isArray(layer["inbound_nodes"]) && layer["inbound_nodes"].length > 0,
  );
  const out: DrawnLayer[] = [];
  layers.forEach((layer, at) => {
    const own = isMembers(layer["config"]) ? layer["config"] : {};
    const name = String(layer["name"] ?? own["name"] ?? `layer ${at + 1}`);
    out.push({
      name,
      className: String(layer["class_name"] ?? "Layer"),
      settings: TELLING.flatMap((key) => settingText(own[key])).join(", "),
      inputs: sequential ? (at === 0 ? [] : [out[at - 1]!.name]) : [...new Set(sourcesIn(layer["inbound_nodes"], 0))],
    });
  });
  return out;
}

/** The config with the layers, which may lie deeper. */
function findConfig(value: unknown, depth: number): Members | null {
  if (depth > 4 || !isMembers(value)) return null;
  if (Array.isArray(value["layers"])) return value;
  for (const key of ["config", "model", "module", "build_config", ...Object.keys(value).slice(0, 20)]) {
    const found = findConfig(value[key], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function settingText(value: unknown): string[] {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") return value === "linear" ? [] : [value];
  if (Array.isArray(value) && value.every((one) => one === null || typeof one === "number")) {
    return [`(${value.map((one) => one ?? "?").join(", ")})`];
  }
  if (isMembers(value) && typeof value["class_name"] === "string") return [value["class_name"]];
  return [];
}

/** Keras names the layer that a tensor comes from in its history, older files in lists. */
function sourcesIn(value: unknown, depth: number): string[] {
  if (depth > 12) return [];
  if (Array.isArray(value)) {
    if (typeof value[0] === "string" && typeof value[1] === "number") return [value[0]];
    return value.flatMap((one) => sourcesIn(one, depth + 1));
  }
  if (!isMembers(value)) return [];
  const history = value["keras_history"];
  if (Array.isArray(history) && typeof history[0] === "string") return [history[0]];
  return Object.values(value).flatMap((one) => sourcesIn(one, depth + 1));
}
