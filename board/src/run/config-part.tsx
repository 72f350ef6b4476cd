import type { RunPage } from "../../../src/board/wire.js";
import { flattened } from "./flatten.js";

/** Everything that the results depend on. */
export function ConfigPart({ page: { config } }: { page: RunPage }) {
  const lines = config === null ? [] : flattened(config.identity);
  return (
    <section aria-label="Settings">
      <h2>Settings</h2>
      {lines.length === 0 ? (
        <p class="hint">The record does not say.</p>
      ) : (
        <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of settings">
          <table class="plain pairs">
            <tbody>
              {lines.map(([key, value]) => (
                <tr key={key}>
                  <th scope="row">{key}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
