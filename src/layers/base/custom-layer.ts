import { OptionError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { customFor } from "../../core/reading.js";
import type { Json } from "../../core/stateful.js";
import type { CallContext } from "./call-context.js";
import type { Inputs } from "./inputs.js";
import { lambdaNames } from "./lambda-names.js";
import { type AnyLayer, Layer, type LayerClass, type LayerReading } from "./layer.js";

/** A function in place of a Lambda's Python code: it takes what the layer is called with. */
export type LayerFunction = (inputs: Inputs, context: CallContext) => Inputs;

/**
 * The class that the user gave for a layer of a file, by the name of its class; for a Lambda also by the layer's name or
 * its function's, and as a plain function.
 */
export function customLayer(
  className: string,
  registeredName: string | null,
  config: Config,
  reading: LayerReading,
): LayerClass | undefined {
  const names = className === "Lambda" ? lambdaNames(config) : [];
  const given = customFor(reading, registeredName, className, ...names);
  if (given === undefined) return undefined;
  if (typeof given === "function" && given.prototype instanceof Layer) return given as unknown as LayerClass;
  if (typeof given === "function" && className === "Lambda") {
    // A function that is named and not written out is looked up by the class itself.
    return isNamed(config["function"]) ? undefined : lambda(given as LayerFunction, config);
  }
  throw new OptionError({
    code: "custom-object",
    what: `customObjects.${className} is no layer`,
    received: typeof given,
    expected: `a class that extends Layer${className === "Lambda" ? ", or a function of (inputs, context)" : ""}`,
  });
}

/** How Keras 3 writes a function that it knows by name. */
const isNamed = (fn: Json | undefined): boolean => isConfig(fn) && fn["class_name"] === "function";

/** A Lambda whose function is the user's; files get back what they had for it. */
function lambda(fn: LayerFunction, config: Config): LayerClass {
  return class extends Layer<Inputs, Inputs> {
    static override readonly className = "Lambda";

    override call(inputs: Inputs, context: CallContext): Inputs {
      return fn(inputs, context);
    }

    override getConfig(): Record<string, Json> {
      return { ...config, name: this.name };
    }

    static override fromConfig({ name, trainable }: Config): AnyLayer {
      return new this({ name: typeof name === "string" ? name : null, trainable: trainable !== false });
    }
  };
}
