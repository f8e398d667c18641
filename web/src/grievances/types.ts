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

export interface Coded {
  readonly code: string;
  readonly name: string;
}

/** Somebody or something with a name; nothing for somebody who was erased. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** A deadline in a list. */
export interface RowDue {
  /** RFC 3339; where the clock stands still: if it ran on now. */
  readonly at: string;
  readonly standing: Standing;
  /** The time that is left, in words. */
  readonly left: string;
  readonly paused?: boolean;
  readonly provisional?: boolean;
}

/** One day on the way to a deadline, and why it counts or not. */
export interface DueDay {
  readonly date: string;
  /** Which of the days that count it is, from 1 on. */
  readonly number: number | null;
  /** How many of its minutes count, where minutes are counted. */
  readonly minutes?: number;
  readonly paused: boolean;
  readonly why: string;
  readonly text: string;
}

/** A deadline with how it came to be. */
export interface Due {
  readonly at: string;
  /** The same without extensions. */
  readonly first_at: string;
  readonly provisional: boolean;
  readonly paused: boolean;
  readonly text: string;
  readonly days: readonly DueDay[];
}

/** Who has the next move: a desk, or a person. */
export interface Waiting {
  readonly desk: string | null;
  readonly name: string;
  readonly person: string | null;
}

/** A case in a list. */
export interface Row {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly channel: Channel;
  readonly kind: Kind;
  /** Its `id` is the category's code. */
  readonly category: Named;
  readonly urgency: Urgency;
  readonly identity: Identity;
  readonly state: State;
  readonly round: number;
  readonly district: string | null;
  readonly unit: string | null;
  /** The code of a subject. */
  readonly subject: string | null;
  readonly department: Named | null;
  readonly handler: Named | null;
  readonly waiting_for: Waiting;
  /** A day, or an instant where the reporter is not anonymous. */
  readonly received: string;
  readonly due: RowDue;
  readonly step_due: RowDue | null;
  readonly supervision: number;
  /** Only for whoever may read the case. */
  readonly summary: string | null;
}

/** How many cases of a state somebody sees. */
export interface Count {
  readonly state: State;
  readonly cases: number;
  readonly overdue: number;
}

/** A page of cases. */
export interface Rows {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly counts?: readonly Count[];
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
  /** Nobody: the reporter, or the clock. */
  readonly account: Named | null;
  readonly from: State | null;
  readonly to: State;
  readonly text: string | null;
  readonly attachments: readonly Attached[];
  /** Whether the reporter sees it. */
  readonly public: boolean;
}

/** What a co-handler was asked to do. */
export interface Part {
  readonly id: string;
  readonly round: number;
  readonly department: Named;
  readonly handler: Named;
  readonly text: string;
  readonly due: string;
  readonly done: string | null;
  readonly answer: string | null;
}

export interface Supervision {
  readonly level: number;
  /** Nobody: the clock. */
  readonly by: Named | null;
  readonly begun: string;
  readonly signed_by: Named | null;
  readonly ended: string | null;
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
  readonly name?: string | null;
  readonly note?: string | null;
}

/** Something that may be done now. */
export interface Allowed {
  readonly action: string;
  readonly words: string;
  readonly needs: readonly string[];
  /** What else it can be told. */
  readonly may?: readonly string[];
}

/** A case with all that belongs to it. */
export interface Case extends Row {
  readonly text: string | null;
  readonly deadline: Due;
  /** Since when what it said is gone, and when from every backup. */
  readonly erased?: { readonly day: string; readonly final_on: string } | null;
  /** The day on which erasing it now would be final; nothing where one may not. */
  readonly erasable?: string | null;
  readonly contact: { readonly there: boolean; readonly may_reveal: boolean };
  /** Whether the reporter allowed it to be published. */
  readonly may_publish: boolean;
  readonly entered_by: Named | null;
  readonly station_id: string | null;
  readonly report_number: string | null;
  readonly session_id: string | null;
  /** The number of the case that it joined. */
  readonly parent: string | null;
  /** Where it should go. */
  readonly proposed_department?: Named | null;
  /** Who proposes to decline it. */
  readonly proposed_by: Named | null;
  /** Working days that were asked for and not decided on. */
  readonly extension_days: number | null;
  readonly call_tries: number;
  readonly outcome: Outcome | null;
  readonly grade: Grade | null;
  readonly timeline: readonly Step[];
  readonly tasks: readonly Part[];
  readonly supervisions: readonly Supervision[];
  readonly rounds: readonly Round[];
  readonly links?: readonly Link[];
  readonly allowed: readonly Allowed[];
}

/** How a reporter can be reached. */
export interface Contact {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly mail?: string | null;
}

/** What everybody reads of a case. */
export interface Published {
  readonly title: string;
  readonly text: string;
  /** The day. */
  readonly published: string;
}

/** A department with its people. */
export interface Department {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly district: string | null;
  readonly leader: Named | null;
  readonly members: readonly Named[];
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
  readonly measures: string | null;
  readonly active: boolean;
}

/** What a reporter takes away. */
export interface Receipt {
  readonly number: string;
  readonly receipt: string;
  readonly received: string;
  readonly due: Due;
  readonly signed: {
    readonly text: string;
    readonly signature: string;
    readonly verify_url: string;
    /** That address as a QR code for the paper. */
    readonly qr_svg?: string;
  };
}

/** A share with what it is made of. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  /** With one decimal; nothing where nothing is counted. */
  readonly percent: number | null;
  /** How it is counted, for people. */
  readonly definition?: string;
  /** The address of the list of its cases. */
  readonly cases?: string | null;
  /** The address of the list of those that are in the denominator alone. */
  readonly missed?: string | null;
}
export const RATES = ["response", "resolution", "satisfaction"] as const;
export type RateName = (typeof RATES)[number];
export type Rates = Readonly<Record<RateName, Rate>>;
