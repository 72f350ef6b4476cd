import type { RequestedSave } from "../hooks/callback.js";
import type { Cuts, Session } from "./session.js";

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
  await lastCut(session).take();
  // Whoever hears of a file may change what it remembers.
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
 * What a training ends with is saved before its last hooks; also where the last save has failed, for what was in its way
 * may be gone.
 */
export async function saveLast(session: Session, target: DurableTarget): Promise<void> {
  if (await target.isSaved(session)) return;
  const [saving] = await lastCut(session).atCut(() => [target.commit(session)] as const);
  session.saves.add(target, placed(session, "the run folder"), saving);
}

/** Saves the state as it is at this cut to the durable target, whether it is due or not. */
export async function saveNow(session: Session, target: DurableTarget): Promise<void> {
  await target.ready();
  await lastCut(session).atCut(() => target.commit(session));
}

const lastCut = (session: Session): Cuts => session.lastCut!;

function placed({ epoch, batch }: Session, what: string): string {
  return `${what} at epoch ${epoch}, batch ${batch}`;
}
