// Requests to the service's own interface: JSON in and out, problems as errors, versions and revisions kept.

/** What is wrong with one field. */
export interface Fault {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** A request that was refused or did not arrive. */
export class Refusal extends Error {
  /** The status; 0 where no answer came. */
  readonly status: number;
  /** The stable word for what happened. */
  readonly code: string;
  readonly faults: readonly Fault[];
  /** When to try again, in seconds, where the service says so. */
  readonly retry_s: number | undefined;
  /** What may be done instead, where the service says so. */
  readonly allowed: readonly unknown[] | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    faults: readonly Fault[] = [],
    retry_s?: number,
    allowed?: readonly unknown[],
  ) {
    super(detail);
    this.allowed = allowed;
    this.status = status;
    this.code = code;
    this.faults = faults;
    this.retry_s = retry_s;
  }
}

/** What a request carries beside its address. */
export interface Asking {
  readonly body?: unknown;
  /** The version that is to be changed. */
  readonly version?: number;
  /** The key of a deed that is tried again until there is an answer; a new one where it is left out. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** The newest revision that this page has written; what is read afterwards is not older. */
let seen = 0;
/** Called when the service no longer knows who asks. */
let onLeft: () => void = () => undefined;

/** Says what to do when the session has ended. */
export function whenLeft(run: () => void): void {
  onLeft = run;
}

/** Asks, and gives the answer's JSON; `undefined` where the answer has no body. */
export async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<T> {
  const { body, version, key, signal } = asking;
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "zh-CN",
  };
  if (body !== undefined)
    headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  if (version !== undefined) headers["If-Match"] = `"v${version}"`;
  if (method === "POST") headers["Idempotency-Key"] = key ?? newKey();
  if (seen > 0) headers["X-Min-Revision"] = String(seen);
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  const response = await reach(path, init, signal);
  seen = Math.max(seen, Number(response.headers.get("X-Registry-Revision") ?? 0));
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return undefined as T;
  return withVersion(await response.json(), response) as T;
}

/** Sends a request. One that carries a key is sent again where no answer came: it is carried out once all the same. */
async function reach(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
  const isSafe = init.method === "GET" || init.method === "POST";
  for (let tries = isSafe ? 2 : 1; ; tries--) {
    try {
      return await fetch(path, init);
    } catch (cause) {
      if (signal?.aborted) throw cause;
      if (tries <= 1) throw new Refusal(0, "unreachable", "");
    }
  }
}

/** An answer with the version of its ETag, where it does not say it itself. */
function withVersion(answer: unknown, response: Response): unknown {
  const version = /^"v(\d+)"$/.exec(response.headers.get("ETag") ?? "")?.[1];
  if (version === undefined || typeof answer !== "object" || answer === null) return answer;
  return { version: Number(version), ...answer };
}

/** What a refusing answer says. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    detail?: string;
    errors?: Fault[];
    allowed?: unknown[];
  };
  const retry = response.headers.get("Retry-After");
  const { code = `status_${response.status}`, title = "", detail = title, errors = [], allowed } = problem;
  if (response.status === 401 && code === "not_signed_in") onLeft();
  return new Refusal(
    response.status,
    code,
    detail,
    errors,
    retry === null ? undefined : Number(retry),
    allowed,
  );
}

/** A word that no other request carries, so that a repeated request is not carried out twice. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A query of what is there: empty values and empty lists are left out. */
export function query(
  values: Readonly<Record<string, string | number | boolean | undefined | null>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
