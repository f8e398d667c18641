// The keys of the table. While one writes in a field, or a dialog is open, they are left alone.

import { useLayoutEffect } from "preact/hooks";
import { may } from "../session";
import { choose, chosen, open, opened } from "./list";
import { current, step } from "./table";

/** Listens to the keys while the table is shown. */
export function useKeys(showKeys: () => void): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      if (
        target instanceof Element &&
        target.closest("input:not([type=checkbox]), textarea, select, dialog, .drop, .map")
      )
        return;
      if (act(event.key, target, showKeys)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

/** Does what a key says; tells whether it says something. */
function act(key: string, target: EventTarget | null, showKeys: () => void): boolean {
  const isOnRow =
    target instanceof Element && (target === document.body || target.matches("[data-row], .main"));
  switch (key) {
    case "/":
      document.getElementById("find")?.focus();
      return true;
    case "?":
      showKeys();
      return true;
    case "j":
    case "ArrowDown":
      if (key !== "j" && !isOnRow) return false;
      step(1);
      return true;
    case "k":
    case "ArrowUp":
      if (key !== "k" && !isOnRow) return false;
      step(-1);
      return true;
    case "x":
      if (current.value) choose(current.value, !chosen.value.has(current.value));
      return current.value !== "";
    case "Enter":
      if (!isOnRow || !current.value) return false;
      open(current.value);
      return true;
    case "n":
      if (!may("station_draft")) return false;
      open("new");
      return true;
    case "Escape":
      if (!opened.value) return false;
      open("");
      document.querySelector<HTMLElement>(`[data-row="${CSS.escape(current.value)}"]`)?.focus();
      return true;
    default:
      return false;
  }
}
