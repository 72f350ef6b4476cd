import { signal } from "@preact/signals";
import type {
  Action,
  Curves,
  CurvesRequest,
  Histogram,
  LogPart,
  Refusal,
  RunPage,
  Saved,
  Table,
  Verdict,
} from "../../src/board/wire.js";

/** Contents of a page that was saved as a file; null when there is a server. */
export const saved: Saved | null = readSaved();

function readSaved(): Saved | null {
  const text = document.getElementById("pawl-saved")?.textContent;
  return text === undefined || text === null ? null : (JSON.parse(text) as Saved);
}

/** Allows changes. It comes with the address that the command opens, and stays in this tab. */
export const token = signal<string | null>(null);

/** Takes the token out of the address, so that an address that is copied does not give it away. */
export function takeToken(): void {
  const found = /^#token=([\w-]+)/.exec(location.hash);
  if (found !== null) {
    sessionStorage.setItem("pawl-token", found[1]!);
    history.replaceState(null, "", `${location.pathname}#/${location.hash.slice(found[0].length).replace(/^\/?/, "")}`);
  }
  token.value = saved === null ? sessionStorage.getItem("pawl-token") : null;
}

export const mayChange = (): boolean => token.value !== null && saved === null;

/** An answer that is no answer: the server's words for it. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (token.value !== null) headers["x-pawl-token"] = token.value;
  if (body !== undefined) headers["content-type"] = "application/json";
  const init: RequestInit = { headers, cache: "no-store", ...(signal ? { signal } : {}) };
  if (body !== undefined) Object.assign(init, { method: "POST", body: JSON.stringify(body) });
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused("no-server", "The board's server does not answer. Start npx pawl board again.");
  }
  if (answer.ok) return (await answer.json()) as T;
  const refusal = (await answer.json().catch(() => null)) as Refusal | null;
  throw new Refused(
    refusal?.error.code ?? String(answer.status),
    refusal?.error.message ?? `The server answered ${answer.status}.`,
  );
}

const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();
const notSaved = (what: string): never => {
  throw new Refused("not-saved", `${what} is not part of a saved page. npx pawl board shows it.`);
};

export const fetchTable = async (): Promise<Table> => saved?.table ?? ask<Table>("/api/runs");

export async function fetchCurves(request: CurvesRequest, signal?: AbortSignal): Promise<readonly Curves[]> {
  if (saved === null) return ask("/api/curves", request, signal);
  const all = saved.curves[request.x] ?? [];
  return all
    .filter(({ key }) => request.keys.length === 0 || request.keys.includes(key))
    .map((curves) => ({ ...curves, runs: curves.runs.filter(({ id }) => request.runs.includes(id)) }));
}

export async function fetchRun(id: string): Promise<RunPage> {
  if (saved === null) return ask(`/api/run?${query({ id })}`);
  return saved.pages.find(({ row }) => row.id === id) ?? notSaved(`The run "${id}"`);
}

export const fetchLog = async (id: string, before: number | null): Promise<LogPart> =>
  saved === null
    ? ask(`/api/log?${query({ id, ...(before === null ? {} : { before: String(before) }) })}`)
    : notSaved("The record");

export const fetchHistograms = async (id: string, path: string): Promise<readonly Histogram[]> =>
  saved === null ? ask(`/api/histograms?${query({ id, path })}`) : notSaved("A histogram");

export const fetchVerdict = async (id: string, file: string): Promise<Verdict> =>
  saved === null ? ask(`/api/verify?${query({ id, file })}`) : notSaved("A verdict");

export const act = (action: Action): Promise<{ readonly done: true }> => ask("/api/act", action);

/** A whole page in one file, of these runs. */
export async function fetchSavedPage(runs: readonly string[]): Promise<Blob> {
  const { html } = await ask<{ html: string }>("/api/page", { runs });
  return new Blob([html], { type: "text/html" });
}
