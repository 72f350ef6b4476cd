import { useEffect, useState } from "preact/hooks";
import type { Checkpoint, RunPage, Verdict } from "../../../src/board/wire.js";
import { shownBytes, shownNumber, shownTime, shownValue } from "../format.js";
import { copyText } from "../parts/copy.js";
import { confirmThen, say } from "../parts/dialog.js";
import { act, fetchVerdict, mayChange, saved } from "../server.js";
import { forkCommand } from "./actions.js";

/** So many are verified without being asked for. */
const VERIFIED = 5;
const AT_FIRST = 12;

/** Checkpoints, newest first: what each is worth, and what can be done with it. */
export function Checkpoints({ page, reload }: { page: RunPage; reload: () => Promise<void> }) {
  const [all, setAll] = useState(false);
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map());
  const { row, checkpoints } = page;
  const newest = [...checkpoints].reverse();
  const verify = async (files: readonly string[]): Promise<void> => {
    for (const file of files) {
      const verdict = await fetchVerdict(row.id, file).catch(
        (error: Error): Verdict => ({ file, verdict: "damaged", reason: error.message }),
      );
      setVerdicts((before) => new Map(before).set(file, verdict));
    }
  };
  const there = newest
    .filter((one) => one.there)
    .slice(0, VERIFIED)
    .map(({ file }) => file);
  useEffect(() => {
    if (saved === null) void verify(there.filter((file) => !verdicts.has(file)));
  }, [there.join("\n")]);
  return (
    <section aria-label="Checkpoints">
      <h2>Checkpoints</h2>
      {newest.length === 0 ? (
        <p class="hint">None is durable yet.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Table of checkpoints">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col" class="number">
                  Step
                </th>
                <th scope="col" class="number">
                  Epoch
                </th>
                <th scope="col" class="number">
                  Size
                </th>
                <th scope="col">Saved</th>
                <th scope="col">Verdict</th>
                <th scope="col" class="number">
                  Score
                </th>
                <th scope="col">
                  <span class="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {(all ? newest : newest.slice(0, AT_FIRST)).map((one) => (
                <tr key={one.file} data-gone={!one.there}>
                  <td class="number" title={one.file}>
                    {shownNumber(one.step)}
                  </td>
                  <td class="number">{one.batch > 0 ? `${one.epoch} + ${one.batch}` : one.epoch}</td>
                  <td class="number">{shownBytes(one.bytes)}</td>
                  <td>{shownTime(one.time)}</td>
                  <td>
                    <VerdictOf one={one} verdict={verdicts.get(one.file)} verify={() => verify([one.file])} />
                  </td>
                  <td class="number">{shownValue(one.score)}</td>
                  <td class="buttons">
                    <RowActions one={one} page={page} reload={reload} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {newest.length > AT_FIRST && (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {all ? "Only the newest" : `All ${newest.length}`}
        </button>
      )}
    </section>
  );
}

function VerdictOf({ one, verdict, verify }: { one: Checkpoint; verdict: Verdict | undefined; verify: () => void }) {
  if (!one.there) return <span class="faint">removed by retention</span>;
  const finite = one.finite ? null : <span class="bad"> not finite</span>;
  if (verdict === undefined) {
    return (
      <>
        {saved === null ? (
          <button type="button" class="link" onClick={verify}>
            Verify
          </button>
        ) : (
          <span class="faint">not verified</span>
        )}
        {finite}
      </>
    );
  }
  return (
    <>
      <span class={verdict.verdict === "intact" ? "good" : "bad"} title={verdict.reason}>
        {verdict.verdict}
      </span>
      {finite}
    </>
  );
}

function RowActions({ one, page, reload }: { one: Checkpoint; page: RunPage; reload: () => Promise<void> }) {
  const { row, path } = page;
  const pin = (): void =>
    confirmThen({
      title: `Keep the checkpoint at step ${one.step}?`,
      body: (
        <label class="stack">
          Why (for those who look later)
          <input name="why" maxLength={200} />
        </label>
      ),
      yes: "Pin",
      run: async (form) => {
        await act({ run: row.id, act: "pin", step: one.step, why: String(form.get("why") ?? "") });
        await reload();
      },
    });
  const unpin = (): void =>
    confirmThen({
      title: `Unpin step ${one.step}?`,
      body: <p>Retention may remove it then.</p>,
      yes: "Unpin",
      run: async () => {
        await act({ run: row.id, act: "unpin", step: one.step });
        await reload();
      },
    });
  return (
    <>
      {one.there && (
        <button
          type="button"
          class="quiet"
          aria-label={`Copy fork command of step ${one.step}`}
          onClick={async () => {
            await copyText(forkCommand(path, one.step));
            say(`Copied: ${forkCommand(path, one.step)}`);
          }}
        >
          Copy fork
        </button>
      )}
      {mayChange() && (one.there || one.pin !== null) && (
        <button
          type="button"
          class="quiet"
          aria-pressed={one.pin !== null}
          title={one.pin?.why}
          aria-label={one.pin === null ? `Pin step ${one.step}` : `Unpin step ${one.step}`}
          onClick={one.pin === null ? pin : unpin}
        >
          {one.pin === null ? "Pin" : "Unpin"}
        </button>
      )}
    </>
  );
}
