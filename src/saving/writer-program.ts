/**
 * The program of the thread that writes files, bundled into one text. The build puts it here (scripts/build.mjs): as a
 * text it needs no file beside it, so it works in every bundle. Null where the sources run as they are.
 */
export const WRITER_PROGRAM: string | null = null;
