// Who made what is under the hexagons, with the approval number of the map, as the server states it.

import { useEffect, useRef } from "preact/hooks";

/** The credits as text; empty where the server states none. */
export function creditsText(): string {
  const template = document.getElementById("credits");
  const content = template instanceof HTMLTemplateElement ? template.content.textContent : "";
  return (content ?? "").replace(/\s+/g, " ").trim();
}

/** The line at the foot of a map. */
export function Credits() {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const template = document.getElementById("credits");
    if (template instanceof HTMLTemplateElement)
      line.current?.replaceChildren(template.content.cloneNode(true));
  }, []);
  return <p class="credit" ref={line} />;
}
