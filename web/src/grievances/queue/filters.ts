// What the list of cases is asked for. The address holds it, so that a list is a link.

/** Everything that a list of cases can be narrowed by. */
export const FILTERS = [
  "number",
  "state",
  "department",
  "handler",
  "channel",
  "kind",
  "category",
  "district",
  "urgency",
  "due_today",
  "overdue",
  "supervised",
] as const;
export type Filter = (typeof FILTERS)[number];
export type Asked = Readonly<Record<Filter | "view", string>>;

/** The views above the list: what waits for me, and what is looked at most. */
export const VIEWS = ["mine", "handled", "today", "overdue", "supervised", "everything"] as const;
export type View = (typeof VIEWS)[number];

/** What an address asks for; what waits for me where it names no view. */
export function askedOf(url: URL): Asked {
  const said = (name: string) => url.searchParams.get(name) ?? "";
  const asked = Object.fromEntries(FILTERS.map((name) => [name, said(name)])) as Record<Filter, string>;
  const view = said("view");
  return { ...asked, view: (VIEWS as readonly string[]).includes(view) ? view : "mine" };
}

/** The address of a list. */
export function addressOf(asked: Partial<Asked>): string {
  const said = Object.entries(asked).filter(
    ([name, value]) => value && !(name === "view" && value === "mine"),
  );
  return `/grievances${said.length > 0 ? `?${new URLSearchParams(said)}` : ""}`;
}

/** The parameters that the service is asked with. */
export function parametersOf(asked: Asked): Record<string, string> {
  const { view, ...filters } = asked;
  const of: Readonly<Record<View, Record<string, string>>> = {
    mine: { waiting_for: "me" },
    handled: { handler: "me" },
    today: { due_today: "true" },
    overdue: { overdue: "true" },
    supervised: { supervised: "true" },
    everything: {},
  };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  return { ...of[view as View], ...given };
}

/** Whether anything narrows the list beyond its view. */
export function isNarrowed(asked: Asked): boolean {
  return FILTERS.some((name) => asked[name]);
}

/** The case before or after one in a list; the first where there is none. */
export function beside(ids: readonly string[], current: string, step: 1 | -1): string | undefined {
  const at = ids.indexOf(current);
  if (at < 0) return step > 0 ? ids[0] : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}
