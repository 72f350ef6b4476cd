import { OptionError, StateError } from "../core/errors.js";
import {
  bool,
  type Field,
  type Fields,
  float,
  nullable,
  type Resolved,
  resolveOptions,
  text,
  wrongOption,
} from "../core/options.js";
import type { Json } from "../core/stateful.js";
import { isPlainObject } from "../core/value-text.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";

export interface RemoteMonitorOptions {
  /** URL of the server. Default "http://localhost:9000". */
  root?: string;
  /** Where on it events are sent. Default "/publish/epoch/end/". */
  path?: string;
  /** Field of the form that holds the event. Default "data". */
  field?: string;
  /** HTTP headers. Default null: none of yours. */
  headers?: { readonly [name: string]: string } | null;
  /** Whether the event is the body, as JSON, and not a form's field. Default false. */
  sendAsJson?: boolean;
  /** Seconds to wait for an answer. Default 10. */
  timeout?: number;
}

const headers: Field<{ readonly [name: string]: string }> = {
  parse(value, where) {
    if (isPlainObject(value) && Object.values(value).every((item) => typeof item === "string")) {
      return value as { readonly [name: string]: string };
    }
    throw wrongOption(where, "an object of strings", value);
  },
};

const FIELDS: Fields<RemoteMonitorOptions> = {
  root: text({ default: "http://localhost:9000" }),
  path: text({ default: "/publish/epoch/end/" }),
  field: text({ default: "data" }),
  headers: nullable(headers),
  sendAsJson: bool(false),
  timeout: float({ above: 0 }, { default: 10 }),
};

/**
 * Sends the logs of each epoch, with its number as `epoch`, to a server: a POST request with a form, or with JSON. NaN and
 * infinities, which JSON does not have, are sent as null. A server that does not answer never ends a training: what went
 * wrong is said once.
 */
export class RemoteMonitor extends Callback {
  static readonly className: string = "RemoteMonitor";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  readonly options: Resolved<RemoteMonitorOptions>;
  readonly #url: URL;

  /** @throws {OptionError} for a root and path that make no URL */
  constructor(options?: RemoteMonitorOptions) {
    super();
    this.options = resolveOptions("RemoteMonitor", FIELDS, options);
    const url = this.options.root + this.options.path;
    if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol)) {
      throw new OptionError({
        code: "wrong-option",
        what: "RemoteMonitor: root and path make no address of a server",
        received: url,
        expected: 'a URL such as "http://localhost:9000/publish/epoch/end/"',
        fix: "Begin root with http:// or https://",
      });
    }
    this.#url = new URL(url);
  }

  override async onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void> {
    const { message } = (await this.#send(JSON.stringify({ epoch, ...logs }))) ?? {};
    if (message !== undefined) context.warn(`Training goes on, but RemoteMonitor reaches nobody: ${message}`);
  }

  override identify(): Json {
    return this.#url.href;
  }

  /** @returns what went wrong, if anything did */
  async #send(event: string): Promise<StateError | null> {
    const { field, headers: own, sendAsJson, timeout } = this.options;
    const body = sendAsJson ? event : new URLSearchParams({ [field]: event });
    const type = sendAsJson ? { "content-type": "application/json" } : {};
    try {
      const signal = AbortSignal.timeout(1000 * timeout);
      const answer = await fetch(this.#url, { method: "POST", headers: { ...type, ...own }, body, signal });
      await answer.arrayBuffer();
      return answer.ok ? null : this.#failed(`status ${answer.status}`);
    } catch (error) {
      const { cause = error } = error as { readonly cause?: unknown };
      return this.#failed(cause instanceof Error ? cause.message : String(cause), error);
    }
  }

  #failed(received: string, cause?: unknown): StateError {
    return new StateError({
      code: "remote-monitor",
      what: `${this.#url.href} did not take the logs of an epoch`,
      received,
      fix: "Start the server, or change root and path",
      cause,
    });
  }
}
