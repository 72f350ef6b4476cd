import { type FilePath, pathOf } from "../core/path-of.js";
import { nodeVfs } from "../core/vfs-node.js";
import { betweenRuns } from "../engine/index.js";
import { loadWeightsFile, restoreModel, restorePartly } from "../saving/index.js";
import type { Trainer } from "../training/index.js";
import { type LoadWeightsOptions, resolveLoadWeights, warnOfSkipped } from "./file-options.js";

/**
 * Sets weights from a file and, if the model is compiled, optimizer and training state, all or nothing.
 * @throws {FormatError} that names what does not fit
 * @throws {StateError} while the model trains, unless `optimizer` is false
 */
export async function loadWeightsInto(
  trainer: Trainer,
  path: FilePath,
  options: LoadWeightsOptions | undefined,
): Promise<void> {
  const where = `loadWeights of ${trainer.network.label}`;
  const file = pathOf(path, `${where}: path`);
  const { optimizer, allowEdited, strict, byName, skipMismatch } = resolveLoadWeights(where, options);
  const loaded = await loadWeightsFile(file, { vfs: nodeVfs(), allowEdited });
  await betweenRuns(() => {
    if (optimizer) trainer.inUse.refuseState(where);
    if (!byName && !skipMismatch) restoreModel(trainer, loaded, { optimizer, strict });
    else warnOfSkipped(where, restorePartly(trainer, loaded, { byName, skipMismatch }));
  });
}
