// Sending what waits: pictures first, then the inspection under its own key. What did not arrive is sent again; what
// the service refuses stays on the phone with the reason.

import { signal } from "@preact/signals";
import { Refusal } from "../http";
import { refusalOf, wordsOf } from "../parts/task";
import { tellInspection } from "../rounds/api";
import { renewSession, session } from "../session";
import { bodyOf, type FindingForm, type Form } from "./form";
import { allEntries, type Entry, putEntry } from "./store";

/** A picture must be named within an hour of its upload; older ones are uploaded again. */
const UPLOAD_LASTS_MS = 50 * 60_000;
/** How often it is tried again while something waits. */
const AGAIN_MS = 10_000;

/** Every inspection on this phone, as the screens show them. */
export const entries = signal<readonly Entry[]>([]);
/** Whether something is being sent. */
export const isSending = signal(false);
/** Why the last attempt came to nothing: no network, or nobody signed in. */
export const halt = signal<"offline" | "signed_out" | undefined>(undefined);

/** Reads what there is. */
export async function renewEntries(): Promise<void> {
  entries.value = await allEntries().catch(() => []);
}

/** Keeps an inspection as it is now. */
export async function keep(entry: Entry): Promise<void> {
  await putEntry(entry);
  entries.value = [...entries.value.filter((e) => e.key !== entry.key), entry];
}

/** Sends what waits, as whoever is signed in; one window of the phone at a time. */
export async function sendAll(account: string): Promise<void> {
  const work = async () => {
    isSending.value = true;
    try {
      await renewEntries();
      for (const entry of entries.value) {
        if (entry.state === "waiting" && entry.account === account) await send(entry);
      }
      halt.value = undefined;
    } catch (cause) {
      halt.value = cause instanceof Refusal && cause.status === 401 ? "signed_out" : "offline";
    } finally {
      isSending.value = false;
    }
  };
  if ("locks" in navigator)
    await navigator.locks.request("staff-walk", { ifAvailable: true }, (lock) => lock && work());
  else await work();
}

/** Whether a refusal says something of the inspection, and not of the moment. */
function isFinal({ status }: Refusal): boolean {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}

async function send(entry: Entry): Promise<void> {
  let now = entry;
  try {
    now = await withUploads(now);
    const about = { key: now.key, round: now.round, station: now.station, questions: now.questions };
    await tellInspection(bodyOf(now.form, about));
    await keep({ ...now, state: "sent", changed_ms: Date.now(), form: bare(now.form) });
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (!isFinal(refusal)) throw cause;
    const isPhotoGone = refusal.faults.some((f) => f.code === "no_such_upload");
    if (isPhotoGone && now.form.findings.some((f) => f.upload)) {
      // It was named too late; the picture itself is still here and is sent again next time.
      await keep({ ...now, form: { ...now.form, findings: now.form.findings.map(withoutUpload) } });
      throw cause;
    }
    const said = [wordsOf(refusal), ...refusal.faults.map((f) => f.detail)].filter(Boolean).join(" ");
    await keep({ ...now, state: "refused", changed_ms: Date.now(), refusal: said });
  }
}

/** The inspection with every picture uploaded. Each is kept as soon as it is. */
async function withUploads(entry: Entry): Promise<Entry> {
  let now = entry;
  for (const [i, finding] of entry.form.findings.entries()) {
    if (!finding.photo) continue;
    if (finding.upload && Date.now() - finding.upload.at_ms < UPLOAD_LASTS_MS) continue;
    const upload = { id: await uploaded(finding.photo), at_ms: Date.now() };
    const findings = now.form.findings.map((f, at) => (at === i ? { ...f, upload } : f));
    now = { ...now, form: { ...now.form, findings } };
    await keep(now);
  }
  return now;
}

async function uploaded(photo: Blob): Promise<string> {
  const headers = { "Content-Type": photo.type.startsWith("image/") ? photo.type : "image/jpeg" };
  const init: RequestInit = {
    method: "POST",
    headers,
    body: photo,
    credentials: "same-origin",
    cache: "no-store",
  };
  const response = await fetch("/api/v1/uploads", init).catch(() => {
    throw new Refusal(0, "unreachable", "");
  });
  const told = (await response.json().catch(() => ({}))) as { id?: string; code?: string; detail?: string };
  if (!response.ok || !told.id) throw new Refusal(response.status, told.code ?? "fault", told.detail ?? "");
  return told.id;
}

function withoutUpload({ upload, ...finding }: FindingForm): FindingForm {
  return finding;
}

/** What stays on the phone of an inspection that has arrived: no words and no pictures. */
function bare({ at_ms, is_open }: Form): Form {
  const kept: Form = { answers: {}, confirms: false, note: "", findings: [], checks: {} };
  return {
    ...kept,
    ...(at_ms === undefined ? {} : { at_ms }),
    ...(is_open === undefined ? {} : { is_open }),
  };
}

/** Sends whenever there may be a network; gives what ends that. A phone with a dead line often believes that it has
 * one and tells nobody when it comes back, so it is tried again and again as long as something waits. */
export function sendWhenever(): () => void {
  const attempt = () => {
    const waits = entries.value.some((entry) => entry.state === "waiting");
    if (!waits || isSending.value) return;
    const who = session.value?.account.id;
    if (who) void sendAll(who);
    else if (session.value === undefined) void renewSession();
  };
  const timer = setInterval(attempt, AGAIN_MS);
  addEventListener("online", attempt);
  void renewEntries().then(attempt);
  return () => {
    clearInterval(timer);
    removeEventListener("online", attempt);
  };
}
