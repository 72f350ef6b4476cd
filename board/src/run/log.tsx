import { useEffect, useState } from "preact/hooks";
import { changes } from "../live.js";
import { fetchLog } from "../server.js";

/** The record as it was written, newest last. */
export function Log({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<readonly string[]>([]);
  const [before, setBefore] = useState<number | null>(null);
  const [older, setOlder] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState("");
  const concerned = changes.value.ids.has(id) ? changes.value.count : 0;
  useEffect(() => {
    if (!open) return;
    fetchLog(id, null).then(
      (part) => {
        setLines(part.lines);
        setBefore((known) => (older.length > 0 ? known : part.before));
      },
      (error: Error) => setFailure(error.message),
    );
  }, [id, open, concerned]);
  const more = async (): Promise<void> => {
    const part = await fetchLog(id, before);
    setOlder([...part.lines, ...older]);
    setBefore(part.before);
  };
  return (
    <section aria-label="Record">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h2>Record</h2>
        </summary>
        {failure !== "" && <p class="failure">{failure}</p>}
        {before !== null && (
          <button type="button" class="link" onClick={more}>
            Earlier
          </button>
        )}
        <pre class="log" tabIndex={0} role="region" aria-label="Lines of the record">
          {[...older, ...lines].join("\n")}
        </pre>
      </details>
    </section>
  );
}
