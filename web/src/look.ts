// How the page looks now: the choice of its reader, or else that of the phone.

const DARK = matchMedia("(prefers-color-scheme: dark)");
const MORE_CONTRAST = matchMedia("(prefers-contrast: more)");

/** Whether the page is dark. */
export function isPageDark(root: HTMLElement = document.documentElement): boolean {
  const { theme } = root.dataset;
  return theme ? theme === "dark" : DARK.matches;
}

/** Whether the page is in high contrast. */
export function isPageHigh(root: HTMLElement = document.documentElement): boolean {
  return root.dataset.contrast === "high" || MORE_CONTRAST.matches;
}

/** Tells when the page changes its look. */
export function onOtherLook(changed: () => void): void {
  for (const query of [DARK, MORE_CONTRAST]) query.addEventListener("change", changed);
  const attributeFilter = ["data-theme", "data-contrast", "data-size"];
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter });
}
