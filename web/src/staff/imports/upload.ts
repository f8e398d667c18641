// A file on its way to the service: how much of it has arrived, and what the service says of it.

import type { Datum } from "../../datum";
import { newKey, Refusal, refusalOf } from "../http";
import type { Import } from "./types";

/** What is said of a file when it is sent. */
export interface Sent {
  readonly crs: Datum;
  readonly district?: string;
}

/** The kinds of file that are read. */
export const ACCEPTED = ".xlsx,.csv,.txt,.geojson,.json";

/**
 * Sends a file; `onProgress` hears which share of it has left, from 0 to 1. `fetch` does not tell that, so the older
 * interface is used.
 */
export function upload(
  file: File,
  sent: Sent,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  const form = new FormData();
  form.append("options", JSON.stringify(sent));
  form.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/imports");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("Accept-Language", document.documentElement.lang || "zh-CN");
  request.setRequestHeader("Idempotency-Key", newKey());
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () => {
      answerOf(request).then(resolve, reject);
    };
    request.onerror = () => reject(new Refusal(0, "unreachable", ""));
    request.onabort = () => reject(new Refusal(0, "aborted", ""));
    request.send(form);
  });
}

async function answerOf(request: XMLHttpRequest): Promise<Import> {
  if (request.status >= 200 && request.status < 300) return JSON.parse(request.responseText) as Import;
  const headers: Record<string, string> = {};
  const retry = request.getResponseHeader("Retry-After");
  if (retry) headers["Retry-After"] = retry;
  throw await refusalOf(new Response(request.responseText, { status: request.status, headers }));
}
