import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Question {
  readonly title: string;
  readonly body: ComponentChildren;
  /** What the button says: what will happen. */
  readonly yes: string;
  readonly danger?: boolean;
  /** Does it; what it throws is shown, and the dialog stays. */
  run(form: FormData): Promise<void>;
}

const question = signal<Question | null>(null);
const said = signal("");

/** Asks before something is changed. */
export function confirmThen(what: Question): void {
  question.value = what;
}

/** Says something in a line at the bottom, also to screen readers. */
export function say(text: string): void {
  said.value = text;
  setTimeout(() => {
    if (said.value === text) said.value = "";
  }, 6000);
}

export function Dialogs() {
  return (
    <>
      {question.value !== null && <Ask key={question.value.title} what={question.value} />}
      <div class="said" role="status" aria-live="polite" data-open={said.value !== ""}>
        {said.value}
      </div>
    </>
  );
}

function Ask({ what }: { what: Question }) {
  const box = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  useEffect(() => box.current?.showModal(), []);
  const close = (): void => {
    question.value = null;
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure("");
    try {
      await what.run(new FormData(event.currentTarget as HTMLFormElement));
      close();
    } catch (error) {
      setFailure((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <dialog ref={box} onClose={close} aria-labelledby="ask-title">
      <form onSubmit={submit}>
        <h2 id="ask-title">{what.title}</h2>
        <div class="dialog-body">{what.body}</div>
        {failure !== "" && (
          <p class="failure" role="alert">
            {failure}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class={what.danger ? "danger" : "primary"} disabled={busy}>
            {what.yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
