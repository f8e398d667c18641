// Which fields an action has, which of them it needs, and what of them is sent.

import type { Allowed } from "../types";

/** A field of an action's form. */
export interface Asked {
  readonly name: string;
  readonly isNeeded: boolean;
}

/** What an action can be told beyond what it needs. The service says what it needs; it checks everything. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  ask: ["text"],
  inform: ["text"],
  classify: ["category", "urgency", "subject", "unit", "summary", "district"],
  propose_decline: ["text", "turn_to"],
  confirm_decline: [],
  drop_decline: ["text"],
  merge: ["into"],
  dispatch: ["department", "handler", "text", "co_handlers"],
  accept: [],
  return: ["text", "department"],
  start: [],
  finish_task: ["task", "text"],
  ask_extension: ["days", "text"],
  grant_extension: ["days", "text"],
  refuse_extension: ["text"],
  interim: ["text"],
  supervise: ["level", "text"],
  sign_off: ["text"],
  answer: ["outcome", "text", "attachments"],
  call_back: ["reached", "solved", "grade", "text"],
  redo: ["text"],
  close: ["text"],
  reopen: ["text"],
  decide_appeal: ["uphold", "text"],
  archive: [],
  message: ["text", "attachments"],
  note: ["text"],
};

/** The fields of an action in their order; those that the service needs and nobody knows come last. */
export function fieldsOf({ action, needs, may = [] }: Pick<Allowed, "action" | "needs" | "may">): Asked[] {
  const known = FIELDS[action] ?? [];
  const names = [...known, ...[...needs, ...may].filter((name) => !known.includes(name))];
  return names.map((name) => ({ name, isNeeded: needs.includes(name) }));
}

/** What was typed, by field. It stays when the action is another. */
export type Typed = Readonly<Record<string, unknown>>;

/** Whether a field of the call-back is asked: nobody who was not reached says anything. */
export function isAsked(name: string, typed: Typed): boolean {
  return !["solved", "grade"].includes(name) || typed.reached === true;
}

/** The ids of the files that were uploaded. */
function filesOf(typed: Typed): string[] {
  return ((typed.files ?? []) as readonly { id: string }[]).map(({ id }) => id);
}

/** What of it is sent with an action: its fields that hold something. */
export function sentWith(fields: readonly Asked[], typed: Typed): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const { name } of fields) {
    const value = name === "attachments" ? filesOf(typed) : typed[name];
    const isEmpty =
      value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
    if (isEmpty || !isAsked(name, typed)) continue;
    sent[name] = typeof value === "string" ? value.trim() : value;
  }
  return sent;
}

/** The actions that bring a case on, the foremost first: the first that is allowed is the filled button. */
const FOREMOST = [
  "confirm_decline",
  "grant_extension",
  "dispatch",
  "accept",
  "start",
  "answer",
  "call_back",
  "close",
  "decide_appeal",
  "finish_task",
  "archive",
];

/** The allowed actions with the foremost first; messages have a form of their own. */
export function inOrder(allowed: readonly Allowed[]): Allowed[] {
  const rank = ({ action }: Allowed) => {
    const at = FOREMOST.indexOf(action);
    return at < 0 ? FOREMOST.length : at;
  };
  return allowed.filter(({ action }) => action !== "message").sort((a, b) => rank(a) - rank(b));
}
