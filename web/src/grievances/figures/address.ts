// The list behind a figure: the service names it as an address of its interface, this page shows it as a screen.

/** The screen for the list behind a figure; nothing where the service names none. */
export function casesHref(cases: string | null | undefined): string | undefined {
  if (!cases) return undefined;
  const url = new URL(cases, "https://here.invalid");
  return `/grievances/figures/cases${url.search}`;
}
