import type { RequestedSave } from "../hooks/callback.js";
import type { Session } from "./session.js";

/** What else is saved at cuts besides the files that callbacks ask for: the run folder. */
export interface DurableTarget {
  /** Whether the state is to be saved at this cut. */
  due(event: CutEvent, session: Session): boolean;
  /** Resolves when {@link commit} has room for another copy of the state. */
  ready(): Promise<void>;
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
  saves.add(placed(session, "the run folder"), target!.commit(session));
}

async function save(session: Session, request: RequestedSave): Promise<void> {
  const { trainer, services } = session.parts;
  await services.saver.ready();
  session.saves.add(placed(session, request.path), services.saver.save(trainer, request), request.saved);
  if (!request.async) await session.saves.flush();
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
