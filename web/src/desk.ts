// The look-up desk by keyboard: the operator's hands stay on it while the caller talks.

/** Listens for the keys of the desk, where the page is one. */
export function listenAtDesk(main: HTMLElement): void {
  if (location.pathname !== "/desk") return;
  const field = () => main.querySelector<HTMLInputElement>("#q");
  field()?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isWriting = event.target instanceof HTMLInputElement;
    const done = isWriting ? writing(event, main) : reading(event, main, field());
    if (done) event.preventDefault();
  });
  main.addEventListener("submit", () => field()?.blur());
}

/** While somebody writes only the arrows and Escape leave the field. */
function writing(event: KeyboardEvent, main: HTMLElement): boolean {
  if (event.key !== "ArrowDown" && event.key !== "Escape") return false;
  (event.target as HTMLElement).blur();
  return event.key === "Escape" || step(main, 0);
}

function reading(event: KeyboardEvent, main: HTMLElement, field: HTMLInputElement | null): boolean {
  if (event.key === "/" || event.key === "Escape") {
    field?.select();
    field?.focus();
    return true;
  }
  if (/^[1-9]$/.test(event.key)) return take(choices(main)[Number(event.key) - 1]);
  if (event.key === "ArrowDown") return step(main, 1);
  if (event.key === "ArrowUp") return step(main, -1);
  if (event.key === "c")
    return take(main.querySelector<HTMLElement>('.reading [data-action="copy"]') ?? undefined);
  return false;
}

/** What can be taken by number: places first, for they come first, then stations. */
function choices(main: HTMLElement): HTMLElement[] {
  return [...main.querySelectorAll<HTMLElement>(".desk .districts a, .desk .choices a")];
}

/** Goes so many stations on from the one that is read, or to the first of all with 0. */
function step(main: HTMLElement, by: number): boolean {
  const all = choices(main);
  const now = all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = by === 0 ? 0 : Math.min(Math.max(now + by, 0), all.length - 1);
  return take(all[next]);
}

function take(link: HTMLElement | undefined): boolean {
  link?.click();
  return link !== undefined;
}
