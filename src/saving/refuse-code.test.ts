import { describe, expect, it } from "vitest";
import type { Json } from "../core/stateful.js";
import { refuseCode } from "./refuse-code.js";

const model = (layer: Json): Json => ({ class_name: "Sequential", config: { name: "net", layers: [layer] } });
const nobody = (): boolean => false;

describe("refuseCode", () => {
  it("names the Lambda layer and the way out", () => {
    const config = model({ class_name: "Lambda", config: { name: "shout", function: { class_name: "__lambda__" } } });
    expect(() => refuseCode(config, "m.keras", nobody)).toThrow(
      '"m.keras": Lambda "shout" holds Python code, which Pawl never runs. Write it in TypeScript and give it to loadModel: { customObjects: { shout: (inputs) => … } }, or a class of layers for all of them: { Lambda: YourLayer }.',
    );
    expect(() => refuseCode(config, "m.keras", (name) => name === "Lambda")).not.toThrow();
  });

  it("refuses a lambda hidden in another layer", () => {
    const config = model({
      class_name: "Dense",
      config: { name: "d", activation: { class_name: "__lambda__", config: {} } },
    });
    expect(() => refuseCode(config, "m.keras", nobody)).toThrow('"m.keras": Dense "d" holds Python code');
  });

  it.each(["TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"])("refuses %s", (class_name) => {
    expect(() => refuseCode(model({ class_name, config: {} }), "m.h5", nobody)).toThrow("holds Python code");
  });

  it("refuses a built-in class that is registered as another", () => {
    const layer = {
      module: "keras.layers",
      class_name: "Dense",
      config: { name: "d" },
      registered_name: "Custom>Evil",
    };
    expect(() => refuseCode(model(layer), "m.keras", nobody)).toThrow(
      `"m.keras": Dense "d" claims to be Keras's own class and a registered one. Received: class_name "Dense" of "keras.layers", registered_name "Custom>Evil". Expected: one of the two. No Keras writes that: do not trust the file.`,
    );
    expect(() => refuseCode(model({ ...layer, registered_name: null }), "m.keras", nobody)).not.toThrow();
    expect(() => refuseCode(model({ ...layer, module: "my_package" }), "m.keras", nobody)).not.toThrow();
  });

  it("takes the registered_name that Keras gives its own functional models", () => {
    const config = {
      module: "keras.src.models.functional",
      class_name: "Functional",
      config: {},
      registered_name: "Functional",
    };
    expect(() => refuseCode(config, "m.keras", nobody)).not.toThrow();
  });
});
