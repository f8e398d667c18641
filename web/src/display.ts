// How the page looks, by choice: large type 关怀模式, light or dark, high contrast. A cookie tells the server,
// so that the next page does not jump.

const YEAR_S = 31_536_000;

/** What can be chosen; the first value of each is what holds without a choice. */
const CHOICES = {
  size: ["normal", "large"],
  theme: ["auto", "light", "dark"],
  contrast: ["normal", "high"],
} as const;

type Choice = keyof typeof CHOICES;

/** Takes a choice for this page and the next ones. */
export function choose(name: string, value: string, root: HTMLElement = document.documentElement): void {
  if (!isChoice(name) || !(CHOICES[name] as readonly string[]).includes(value)) return;
  const isPlain = value === CHOICES[name][0];
  if (isPlain) delete root.dataset[name];
  else root.dataset[name] = value;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in the browsers of older phones
  document.cookie = `${name}=${value}; Path=/; Max-Age=${isPlain ? 0 : YEAR_S}; SameSite=Lax`;
  markChoices(root);
}

/** Takes the choices of the cookies, where the page was not drawn for this visit. */
export function restoreChoices(root: HTMLElement = document.documentElement): void {
  for (const name of Object.keys(CHOICES)) delete root.dataset[name];
  for (const pair of document.cookie.split(";")) {
    const [name = "", value = ""] = pair.trim().split("=");
    choose(name, value, root);
  }
}

/** Switches large type on or off. */
export function toggleSize(root: HTMLElement = document.documentElement): void {
  choose("size", root.dataset.size === "large" ? "normal" : "large", root);
}

/** Says on every control what is chosen. */
export function markChoices(root: HTMLElement = document.documentElement): void {
  for (const button of document.querySelectorAll('[data-action="size"]')) {
    button.setAttribute("aria-pressed", String(root.dataset.size === "large"));
  }
  for (const link of document.querySelectorAll<HTMLElement>("[data-display]")) {
    const name = link.dataset.display ?? "";
    const chosen = isChoice(name) ? (root.dataset[name] ?? CHOICES[name][0]) : "";
    const isOn = chosen === link.dataset.value;
    link.classList.toggle("on", isOn);
    if (isOn) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function isChoice(name: string): name is Choice {
  return name in CHOICES;
}
