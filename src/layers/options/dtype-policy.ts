import { sayOnce } from "../../core/notice.js";
import { type Field, wrongOption } from "../../core/options.js";
import { isConfig, type SerializedPart } from "../../core/parts.js";

const FLOATS = ["float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"] as const;
const INTEGERS = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "string"] as const;

/** The name of a dtype policy from what users and files write: "float32", "mixed_float16", Keras's dictionary, null. */
function policyName(value: unknown, where: string): string {
  if (value === null) return "float32";
  const config = isConfig(value) ? value["config"] : undefined;
  const name = isConfig(config) ? config["name"] : value;
  const known: readonly string[] = [...FLOATS, ...INTEGERS];
  if (typeof name !== "string" || !known.includes(name)) {
    throw wrongOption(where, "the name of a dtype policy that Pawl knows", value, `Use one of ${FLOATS.join(", ")}`);
  }
  if (name !== "float32" && (FLOATS as readonly string[]).includes(name)) {
    sayOnce(
      `dtype-policy:${name}`,
      `Pawl computes the dtype policy "${name}" in float32; the policy itself is kept when the model is saved.`,
    );
  }
  return name;
}

/** Keras's dictionary of a dtype policy. */
export function policyConfig(name: string): SerializedPart {
  return { module: "keras", class_name: "DTypePolicy", config: { name }, registered_name: null };
}

/** The option `dtype` of a layer: the name of a policy. */
export const policyField: Field<string> = {
  default: "float32",
  parse: policyName,
  toConfig: policyConfig,
};
