// The frame of what is shown before the work: signing in, a first password, a second factor.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Door } from "../parts/icon";
import { isEnglish, w } from "../words";

/** One panel in the middle of the page. */
export function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · ${w.nav.brand}`;
    box.current?.querySelector<HTMLElement>("[data-focus]")?.focus();
  }, [title]);
  return (
    <main class="gate" ref={box}>
      <p class="brand">
        <Door shape="open" />
        {w.nav.brand}
      </p>
      <div class="panel">
        <h1>{title}</h1>
        {children}
      </div>
      <p class="cap">
        <a
          href={`${location.pathname}?lang=${isEnglish ? "zh" : "en"}${location.hash}`}
          lang={isEnglish ? "zh-CN" : "en"}
        >
          {isEnglish ? "中文" : "English"}
        </a>
      </p>
    </main>
  );
}
