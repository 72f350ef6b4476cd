import type { RequestedSave } from "../hooks/callback.js";
import type { Session } from "./session.js";

/** What else is saved at cuts besides the files that callbacks ask for: the run folder. */
export interface DurableTarget {
  /** Whether the state is to be saved at this cut. */
  due(event: CutEvent, session: Session): boolean;
  /** Resolves when {@link commit} has room for another copy of the state. */
  ready(): Promise<void>;
  /** Whether the last state that was to be saved is durable, after everything that is being written has ended. */
  isSaved(session: Session): Promise<boolean>;
  /** Copies the state with weights and optimizer before the first await; resolves when it is durable. */
  commit(session: Session): Promise<void>;
}

export type CutEvent = "batch" | "epoch" | "end";

/**
 * A cut: all hooks of the event have run, so the state is whole. Takes one snapshot for everything that wants one;
 * training goes on as soon as it is copied. A save that fails is reported at the next cut and never ends the training.
 */
export async function cut(event: CutEvent, session: Session, target: DurableTarget | null): Promise<void> {
  const { saves } = session;
  await saves.listen();
  const requests = session.context.takeRequests();
  const due = target?.due(event, session) ?? false;
  if (requests.length === 0 && !due) return;
  session.parts.trainer.state = await session.capture();
  for (const request of requests) await save(session, request);
  if (!due) return;
  await target!.ready();
  saves.add(target, placed(session, "the run folder"), target!.commit(session));
}

async function save(session: Session, request: RequestedSave): Promise<void> {
  const { trainer, services } = session.parts;
  await services.saver.ready();
  session.saves.add(request.by, placed(session, request.path), services.saver.save(trainer, request), request.saved);
  if (!request.async) await session.saves.flush();
}

/**
 * What a training ends with is saved before its last hooks; also where the last save has failed, for what was in its way
 * may be gone.
 */
export async function saveLast(session: Session, target: DurableTarget): Promise<void> {
  session.parts.trainer.state = await session.capture();
  if (await target.isSaved(session)) return;
  session.saves.add(target, placed(session, "the run folder"), target.commit(session));
}

/** Saves the state as it is at this cut to the durable target, whether it is due or not. */
export async function saveNow(session: Session, target: DurableTarget): Promise<void> {
  session.parts.trainer.state = await session.capture();
  await target.ready();
  await target.commit(session);
}

function placed({ epoch, batch }: Session, what: string): string {
  return `${what} at epoch ${epoch}, batch ${batch}`;
}
