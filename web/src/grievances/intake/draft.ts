// A case that is being taken down for somebody: what is written, and what of it is sent.

import type { Uploaded } from "../parts/attach";
import type { Channel, Identity, Kind } from "../types";

/** The most characters of what happened. */
export const MOST_TEXT = 5000;

/** What is written so far. */
export interface Draft {
  readonly channel: Channel;
  readonly kind: Kind;
  readonly category: string;
  readonly identity: Identity;
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly unit: string;
  readonly district: string;
  readonly text: string;
  readonly station: string;
  readonly report: string;
  readonly publish: boolean;
  readonly files: readonly Uploaded[];
}

/** An empty draft; the channel stays from case to case, because calls come in rows. */
export function empty(channel: Channel = "hotline"): Draft {
  return {
    channel,
    kind: "appeal",
    category: "",
    identity: "named",
    name: "",
    phone: "",
    mail: "",
    unit: "",
    district: "",
    text: "",
    station: "",
    report: "",
    publish: false,
    files: [],
  };
}

/** What is sent: nothing that is empty, and of somebody anonymous neither name, phone nor mail. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const { name, phone, mail, files, station, report, unit, district, text, ...rest } = draft;
  const given = (values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])),
    );
  const contact = draft.identity === "anonymous" ? {} : given({ name, phone, mail });
  return {
    ...rest,
    text: text.trim(),
    ...given({ unit, district, station_id: station, report_number: report }),
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
    ...(files.length > 0 ? { attachments: files.map(({ id }) => id) } : {}),
  };
}

/** The secret of a receipt in groups of four, as one reads it out. */
export function inFours(digits: string): string {
  return digits.replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ");
}
