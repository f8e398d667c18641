// What an inspector fills in at a station, and what is sent of it. Pure.

import type { FindingKind, SheetStation } from "../rounds/api";

export type Answer = "yes" | "no" | "not_seen";

/** Something that has to be put right, as it is being written. */
export interface FindingForm {
  readonly kind: FindingKind;
  readonly facility: string;
  readonly text: string;
  readonly due: string;
  readonly broken: boolean;
  /** The picture, made small. */
  readonly photo?: Blob;
  /** What its upload was named, and when; it must be named within an hour. */
  readonly upload?: { readonly id: string; readonly at_ms: number };
}

/** What is filled in. */
export interface Form {
  /** When the door was looked at; nothing as long as it was not. */
  readonly at_ms?: number;
  readonly is_open?: boolean;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly confirms: boolean;
  readonly note: string;
  readonly findings: readonly FindingForm[];
  /** Earlier findings that were looked at again: whether they are put right. */
  readonly checks: Readonly<Record<string, boolean>>;
}

export const EMPTY: Form = { answers: {}, confirms: false, note: "", findings: [], checks: {} };

/** What keeps a form from being sent, as words of the dictionary; nothing where it is complete. */
export function missing(form: Form): "door" | "finding" | undefined {
  if (form.is_open === undefined) return "door";
  const isWhole = (f: FindingForm) =>
    f.text.trim() !== "" && f.due !== "" && (!f.broken || f.facility !== "");
  return form.findings.every(isWhole) ? undefined : "finding";
}

/** The body of the request; pictures must be uploaded before. */
export function bodyOf(
  form: Form,
  about: { key: string; round: string; station: string; questions: number },
): object {
  return {
    client_key: about.key,
    round_id: about.round,
    station_id: about.station,
    at: new Date(form.at_ms ?? Date.now()).toISOString(),
    is_open: form.is_open === true,
    questions: about.questions,
    answers: form.answers,
    confirms: form.confirms,
    ...(form.note.trim() ? { note: form.note.trim() } : {}),
    findings: form.findings.map((f) => ({
      kind: f.kind,
      ...(f.facility ? { facility: f.facility } : {}),
      text: f.text.trim(),
      ...(f.upload ? { photo: f.upload.id } : {}),
      due: f.due,
      broken: f.broken,
    })),
    checks: Object.entries(form.checks).map(([finding, fixed]) => ({ finding, fixed })),
  };
}

/** The working days that something can be due after a day, some of them. */
export function dueDays(workingDays: readonly string[], after: string): string[] {
  const left = workingDays.filter((day) => day > after);
  const at = [0, 2, 4, 9, 19, 39].filter((i) => i < left.length);
  return at.map((i) => left[i] ?? "");
}

/** A finding about a facility that does not work, as it begins. */
export function brokenFacility(station: SheetStation, code: string, due: string, text: string): FindingForm {
  const isKnown = station.facilities.some((f) => f.code === code);
  return { kind: "facility", facility: code, text, due, broken: isKnown };
}
