import { OptionError, PawlError } from "../core/errors.js";
import type { Session } from "./session.js";

/** What else is saved at cuts besides the files that callbacks ask for: the run folder. */
export interface DurableTarget {
  /** Whether the state is to be saved at this cut. */
  due(event: CutEvent, session: Session): boolean;
  /** Saves `trainer.state` with weights and optimizer. */
  commit(session: Session): Promise<void>;
}

export type CutEvent = "batch" | "epoch" | "end";

/**
 * A cut: all hooks of the event have run, so the state is whole. Takes one snapshot for everything that wants one.
 * A save that fails is reported and never ends the training.
 */
export async function cut(event: CutEvent, session: Session, target: DurableTarget | null): Promise<void> {
  const requests = session.context.takeRequests();
  const due = target?.due(event, session) ?? false;
  if (requests.length === 0 && !due) return;
  const { trainer, services } = session.parts;
  trainer.state = await session.capture();
  for (const request of requests) {
    await reported(session, request.path, async () => {
      await services.saver.save(trainer, request);
      await request.saved?.();
    });
  }
  if (due) await reported(session, "the run folder", () => target!.commit(session));
}

/** Saves the state as it is at this cut to the durable target, whether it is due or not. */
export async function saveNow(session: Session, target: DurableTarget): Promise<void> {
  session.parts.trainer.state = await session.capture();
  await target.commit(session);
}

async function reported(session: Session, what: string, save: () => Promise<void>): Promise<void> {
  try {
    await save();
  } catch (error) {
    // What the user asked for wrongly is an error; what a disk does is not the training's fault.
    if (error instanceof OptionError || (error instanceof PawlError && error.code === "file-exists")) throw error;
    const { epoch, batch } = session;
    const message = error instanceof Error ? error.message : String(error);
    session.context.warn(`Training goes on, but saving ${what} at epoch ${epoch}, batch ${batch} failed: ${message}`);
  }
}
