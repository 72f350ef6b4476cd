import type { Context, MiddlewareHandler } from "hono";
import { sameText } from "./same-text.js";

/** What a browser may load for the page: its own script, style and answers, and nothing else from anywhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cache-control": "no-store",
};

export interface Guarded {
  /** Whoever has it may change runs. */
  readonly token: string;
  /** Whether other machines reach the server: then reading takes the token too. */
  readonly remote: boolean;
}

/** Refuses what no page of this server would ask, and sets the headers of each answer. */
export function guard({ token, remote }: Guarded): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    const host = context.req.header("host") ?? new URL(context.req.url).host;
    // A page of elsewhere whose name has been led to this machine's address (DNS rebinding) says its own name here.
    if (!isKnownHost(host, remote))
      return refuse(context, 403, "unknown-host", `This server does not answer as "${host}".`);
    const site = context.req.header("sec-fetch-site");
    const path = context.req.path;
    if (path.startsWith("/api/")) {
      if (site !== undefined && site !== "same-origin" && site !== "none") {
        return refuse(context, 403, "foreign-page", "Only the board's own page may ask this.");
      }
      const given = context.req.header("x-pawl-token") || context.req.query("token") || "";
      if (remote && !sameText(given, token)) return refuse(context, 401, "no-token", NO_TOKEN);
    }
    return next();
  };
}

const NO_TOKEN = "This needs the token. Open the board by the address that pawl board printed.";

/** For what changes something: the token in its header, and a page of this very server. */
export function mayChange({ token }: Guarded): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const host = req.header("host") ?? new URL(req.url).host;
    if (req.header("origin") !== `http://${host}`) {
      return refuse(context, 403, "foreign-origin", "Only the board's own page may change runs.");
    }
    if (!sameText(req.header("x-pawl-token") ?? "", token)) return refuse(context, 401, "no-token", NO_TOKEN);
    return next();
  };
}

export function refuse(
  context: Context,
  status: 400 | 401 | 403 | 404 | 409 | 500,
  code: string,
  message: string,
): Response {
  return context.json({ error: { code, message } }, status);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
/** An address in numbers is nobody's name, so it cannot have been led elsewhere. */
const NUMERIC = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])(:\d+)?$/i;

export const isKnownHost = (host: string, remote: boolean): boolean =>
  LOOPBACK.test(host) || (remote && NUMERIC.test(host));
