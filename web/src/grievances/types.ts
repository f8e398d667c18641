// What the service says of grievances, as types.

export const CHANNELS = [
  "hotline",
  "web",
  "reception_day",
  "visit_day",
  "mailbox",
  "service_card",
  "livestream",
  "station",
  "open311",
] as const;
export type Channel = (typeof CHANNELS)[number];
export const KINDS = ["appeal", "opinion", "suggestion"] as const;
export type Kind = (typeof KINDS)[number];
export const IDENTITIES = ["named", "confidential", "anonymous"] as const;
export type Identity = (typeof IDENTITIES)[number];
export const URGENCIES = ["urgent", "prompt", "normal", "complex"] as const;
export type Urgency = (typeof URGENCIES)[number];
export const STATES = [
  "submitted",
  "needs_info",
  "dispatched",
  "returned",
  "accepted",
  "in_progress",
  "answered",
  "called_back",
  "closed",
  "appealed",
  "archived",
  "declined",
  "merged",
  "withdrawn",
] as const;
export type State = (typeof STATES)[number];
export const OUTCOMES = ["solved", "partly", "explained", "impossible"] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const GRADES = ["very_satisfied", "satisfied", "mostly_satisfied", "dissatisfied"] as const;
export type Grade = (typeof GRADES)[number];
export type Standing = "on_time" | "due_today" | "overdue";

/** Something that may be absent or null. */
type Maybe<T> = T | null | undefined;

export interface Coded {
  readonly code: string;
  readonly name: string;
}

/** Somebody or something with a name; nothing for somebody who was erased. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** A deadline in the queue. */
export interface RowDue {
  /** RFC 3339; nothing while the clock stands. */
  readonly at: string | null;
  readonly day: string | null;
  readonly standing: Standing;
  /** The time that is left, in words. */
  readonly left: string | null;
}

/** One day of a deadline and why it counts or not. */
export interface DueDay {
  readonly date: string;
  readonly why: string;
  readonly words: string;
  readonly number?: number | null;
  readonly minutes?: number | null;
}

/** A deadline with how it came to be. */
export interface Due extends Partial<RowDue> {
  readonly provisional?: boolean;
  readonly paused?: boolean;
  readonly first_at?: string | null;
  readonly explanation?: string;
  readonly days?: readonly DueDay[];
}

/** A case in a list. */
export interface Row {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly channel: Channel;
  readonly kind: Kind;
  readonly category: Coded;
  readonly urgency: Urgency;
  readonly identity: Identity;
  readonly state: State;
  readonly round: number;
  readonly district?: string | null;
  readonly unit?: string | null;
  readonly subject?: string | Coded | null;
  readonly department?: Named | null;
  readonly handler?: Named | null;
  readonly waiting_for?: { readonly desk?: string | null; readonly person?: Named | null } | null;
  /** A day, or an instant where the reporter is not anonymous. */
  readonly received: string;
  readonly due: RowDue;
  readonly step_due?: string | null;
  readonly supervision: number;
  /** Only for whoever may read the case. */
  readonly summary?: string | null;
}

/** A page of cases. */
export interface Rows {
  readonly items: readonly Row[];
  readonly next?: string | null;
  readonly counts?: Readonly<Record<string, number>>;
}

export interface Attached {
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
  readonly name?: string | null;
}

/** One entry of the timeline. */
export interface Step {
  readonly id: string;
  readonly at: string;
  readonly round: number;
  readonly action: string;
  readonly words: string;
  readonly account?: Named | null;
  readonly from?: State | null;
  readonly to?: State | null;
  readonly text?: string | null;
  readonly attachments?: readonly Attached[];
  readonly public?: boolean;
}

/** What a co-handler was asked to do. */
export interface Part {
  readonly id: string;
  readonly department?: Named | null;
  readonly handler?: Named | null;
  readonly text?: string | null;
  readonly due?: string | null;
  readonly done?: string | boolean | null;
  readonly answer?: string | null;
}

export interface Supervision {
  readonly level: number;
  readonly at: string;
  readonly text?: string | null;
  readonly by?: Named | null;
  readonly signed_off?: string | null;
}

export interface Extension {
  readonly days: number;
  readonly text?: string | null;
  readonly state?: string | null;
  readonly asked?: string | null;
}

/** One round: a case counts once for each. */
export interface Round {
  readonly round: number;
  readonly department?: Named | null;
  readonly handler?: Named | null;
  readonly due?: string | null;
  readonly answered?: string | null;
  readonly outcome?: Outcome | null;
  readonly called_back?: string | null;
  readonly reached?: boolean | null;
  readonly solved?: boolean | null;
  readonly grade?: Grade | null;
  readonly in_time?: boolean | null;
}

export interface Link {
  readonly kind: string;
  readonly object: string;
  readonly title?: string | null;
  readonly note?: string | null;
}

export interface Message {
  readonly from: "reporter" | "staff";
  readonly at: string;
  readonly text: string;
  readonly attachments?: readonly Attached[];
}

/** Something that may be done now. */
export interface Allowed {
  readonly action: string;
  readonly words: string;
  readonly needs: readonly string[];
}

/** A case with all that belongs to it. */
export interface Case extends Omit<Row, "due" | "step_due"> {
  readonly due: Due;
  readonly step_due?: Due | string | null;
  readonly text?: string | null;
  readonly contact?: { readonly masked?: string | null; readonly may_reveal: boolean } | null;
  readonly attachments?: readonly Attached[];
  readonly timeline: readonly Step[];
  readonly messages?: readonly Message[];
  readonly tasks?: readonly Part[];
  readonly supervisions?: readonly Supervision[];
  readonly extension?: Extension | null;
  readonly proposal?: { readonly text?: Maybe<string>; readonly turn_to?: Maybe<string> } | null;
  readonly rounds?: readonly Round[];
  readonly links?: readonly Link[];
  readonly answer?: string | null;
  readonly outcome?: Outcome | null;
  readonly publish?: boolean;
  readonly allowed: readonly Allowed[];
}

/** A department with its people. */
export interface Department {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly district?: string | null;
  readonly leader?: Named | string | null;
  readonly members: readonly (Named | string)[];
  readonly active: boolean;
}

/** A category as the public form knows it. */
export interface Category extends Coded {
  readonly urgency: Urgency;
  readonly identity: readonly Identity[];
  readonly hint?: string | null;
}

/** One of the closed list of subjects; a theme has measures of its own. */
export interface Subject extends Coded {
  readonly theme: boolean;
  readonly measures?: string | null;
}

/** What a reporter takes away. */
export interface Receipt {
  readonly number: string;
  readonly receipt: string;
  readonly received: string;
  readonly due: Due;
  readonly signed: { readonly text: string; readonly signature: string; readonly verify_url: string };
}

/** A share with what it is made of. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly percent: number | string | null;
  /** The address of the list of its cases. */
  readonly cases?: string | null;
}
export const RATES = ["response", "resolution", "satisfaction"] as const;
export type RateName = (typeof RATES)[number];
export type Rates = Readonly<Record<RateName, Rate>>;
