import { ModelDrawing } from "./model-drawing.js";
import { layersIn } from "./model-layers.js";

/** The model: its layers in a drawing and in a table. */
export function ModelPart({ model }: { model: unknown }) {
  const layers = layersIn(model);
  return (
    <section aria-label="Model">
      <h2>Model</h2>
      {layers.length === 0 ? (
        <p class="hint">The record describes no layers.</p>
      ) : (
        <>
          <ModelDrawing layers={layers} />
          <details>
            <summary>{layers.length} layers as a table</summary>
            <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of layers">
              <table class="plain">
                <thead>
                  <tr>
                    <th scope="col">Layer</th>
                    <th scope="col">Class</th>
                    <th scope="col">Settings</th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  {layers.map((layer) => (
                    <tr key={layer.name}>
                      <th scope="row">{layer.name}</th>
                      <td>{layer.className}</td>
                      <td>{layer.settings}</td>
                      <td>{layer.inputs.join(", ")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}
