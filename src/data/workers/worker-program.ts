/**
 * The program of the threads that make records, bundled into one text. The build puts it here (tsdown.config.mjs): as a text
 * it needs no file beside it, so it works in every bundle. Null where the sources run as they are.
 */
export const WORKER_PROGRAM: string | null = null;
