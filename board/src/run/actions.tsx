import type { RunPage } from "../../../src/board/wire.js";
import { go } from "../address.js";
import { shellWord } from "../format.js";
import { Command } from "../parts/copy.js";
import { confirmThen, say } from "../parts/dialog.js";
import { act, mayChange, saved } from "../server.js";

/** What can be done with a run; each is asked for once more. */
export function Actions({ page, reload }: { page: RunPage; reload: () => Promise<void> }) {
  const { row, path, requests } = page;
  const running = row.state === "running";
  if (saved !== null) return null;
  const askFor = (kind: "stop" | "save"): void =>
    confirmThen({
      title: kind === "stop" ? "Stop after this step?" : "Save now?",
      body:
        kind === "stop" ? (
          <p>
            <b>{row.id}</b> finishes the step that it computes, saves, and ends. Starting its program again goes on bit
            for bit.
          </p>
        ) : (
          <p>
            <b>{row.id}</b> writes a checkpoint at the next step and goes on.
          </p>
        ),
      yes: kind === "stop" ? "Stop" : "Save",
      run: async () => {
        await act({ run: row.id, act: kind });
        say(kind === "stop" ? "Asked it to stop after this step." : "Asked it to save.");
        await reload();
      },
    });
  return (
    <div class="actions">
      {mayChange() ? (
        <div class="buttons">
          {running && (
            <>
              <button type="button" class="primary" onClick={() => askFor("stop")}>
                Stop after this step
              </button>
              <button type="button" onClick={() => askFor("save")}>
                Save now
              </button>
            </>
          )}
          <button type="button" onClick={() => editNote(page, reload)}>
            Note and tags
          </button>
          {!running && (
            <button type="button" class="danger-quiet" onClick={() => remove(page)}>
              Delete
            </button>
          )}
        </div>
      ) : (
        <p class="hint">
          This tab may only look. To stop, save, pin or delete, use the address that <code>pawl board</code> printed.
        </p>
      )}
      {requests.length > 0 && (
        <p class="hint" role="status">
          Asked for: {requests.map(({ kind }) => (kind === "stop" ? "stop after this step" : "save")).join(", ")}
        </p>
      )}
      <GoOn page={page} path={path} />
    </div>
  );
}

/** The commands that go on, and that fork. */
function GoOn({ page, path }: { page: RunPage; path: string }) {
  const last = page.starts.at(-1);
  const there = page.checkpoints.filter((one) => one.there).at(-1);
  const program = last?.program.path;
  const resume = program ? ["node", program, ...(last?.program.args ?? [])].map(shellWord).join(" ") : null;
  if (page.row.state === "running") return null;
  return (
    <div class="commands">
      {resume !== null && page.row.state !== "finished" && <Command text={resume} label="go on where it stands" />}
      {there !== undefined && <Command text={forkCommand(path, there.step)} label="fork from the last checkpoint" />}
    </div>
  );
}

export const forkCommand = (path: string, step: number): string =>
  `npx pawl fork ${shellWord(`${path}@${step}`)} ${shellWord(`${path}-fork-${step}`)}`;

function editNote({ row }: RunPage, reload: () => Promise<void>): void {
  confirmThen({
    title: "Note and tags",
    body: (
      <>
        <label class="stack">
          Note
          <textarea name="note" rows={4} maxLength={10_000}>
            {row.note}
          </textarea>
        </label>
        <label class="stack">
          Tags, with commas between
          <input name="tags" value={row.tags.join(", ")} maxLength={1000} />
        </label>
      </>
    ),
    yes: "Keep",
    run: async (form) => {
      const tags = String(form.get("tags") ?? "")
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== "");
      await act({ run: row.id, act: "note", note: String(form.get("note") ?? ""), tags });
      await reload();
    },
  });
}

function remove({ row, forks, path }: RunPage): void {
  confirmThen({
    title: "Delete this run?",
    body: (
      <>
        <p>
          Removes the checkpoints, the record and the notes of <code>{path}</code> for good.
          {forks.length > 0 && ` ${forks.length} runs began from it; they stay and can go on.`}
        </p>
        <label class="stack">
          Write its name to delete it: {row.id}
          <input name="confirm" required autocomplete="off" spellcheck={false} />
        </label>
      </>
    ),
    yes: "Delete",
    danger: true,
    run: async (form) => {
      await act({ run: row.id, act: "delete", confirm: String(form.get("confirm") ?? "") });
      say(`${row.id} is deleted.`);
      go({ view: "runs", id: "" });
    },
  });
}
