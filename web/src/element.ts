// Elements that the script makes by itself.

/** An element with a class. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}

/** A button that does something, with its words and an icon before them if it has one. */
export function button(className: string, label: string, run: () => void, icon?: string): HTMLButtonElement {
  const made = element("button", className);
  made.type = "button";
  if (icon) {
    const picture = element("i", `i i-${icon}`);
    picture.setAttribute("aria-hidden", "true");
    made.append(picture);
  }
  made.append(label);
  made.addEventListener("click", run);
  return made;
}
