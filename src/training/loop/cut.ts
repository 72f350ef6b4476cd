import type { RequestedSave } from "../hooks/callback.js";
import type { Logs } from "../state/logs.js";
import type { Cuts, Session } from "./session.js";

/** What is saved at cuts besides the files of callbacks: the run folder. */
export interface DurableTarget {
  /** A step is done: its numbers may be recorded. */
  stepped(session: Session): void;
  /** An epoch is done, with its validation. */
  ended(session: Session, logs: Logs): void;
  /** Whether to save the state at this cut. */
  due(event: CutEvent, session: Session): boolean;
  /** Resolves when {@link commit} has room for another copy of the state. */
  ready(): Promise<void>;
  /** Whether the last state to be saved is durable; waits for all writes first. */
  isSaved(session: Session): Promise<boolean>;
  /** Copies the state with weights and optimizer before the first await; resolves when it is durable. */
  commit(session: Session): Promise<void>;
}

export type CutEvent = "batch" | "epoch" | "end";

/**
 * A cut: all hooks of the event have run, so the state is consistent. One snapshot serves all saves; training goes on
 * as soon as it is copied. A failed save is reported at the next cut and never ends the training.
 */
export async function cut(event: CutEvent, session: Session, target: DurableTarget | null): Promise<void> {
  const { saves } = session;
  await lastCut(session).take();
  // A callback that is told of its file may change its state.
  if (await saves.listen()) await lastCut(session).take();
  const requests = session.context.takeRequests();
  const due = target?.due(event, session) ?? false;
  if (requests.length === 0 && !due) return;
  for (const request of requests) await save(session, request);
  if (!due) return;
  await target!.ready();
  const [saving] = await lastCut(session).atCut(() => [target!.commit(session)] as const);
  saves.add(target!, placed(session, "the run folder"), saving);
}

async function save(session: Session, request: RequestedSave): Promise<void> {
  const { trainer, services } = session.parts;
  await services.saver.ready();
  const [saving] = await lastCut(session).atCut(() => [services.saver.save(trainer, request)] as const);
  session.saves.add(request.by, placed(session, request.path), saving, request.saved);
  if (!request.async) await session.saves.flush();
}

/**
 * Saves the final state before the last hooks, also where the last save failed, for its cause may be gone.
 */
export async function saveLast(session: Session, target: DurableTarget): Promise<void> {
  if (await target.isSaved(session)) return;
  const [saving] = await lastCut(session).atCut(() => [target.commit(session)] as const);
  session.saves.add(target, placed(session, "the run folder"), saving);
}

/** Saves the state at this cut to the durable target, whether it is due or not. */
export async function saveNow(session: Session, target: DurableTarget): Promise<void> {
  await target.ready();
  await lastCut(session).atCut(() => target.commit(session));
}

const lastCut = (session: Session): Cuts => session.lastCut!;

function placed({ epoch, batch }: Session, what: string): string {
  return `${what} at epoch ${epoch}, batch ${batch}`;
}
