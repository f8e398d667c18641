// The frame of what is shown before the work: signing in, a first password, a second factor.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Door } from "../parts/icon";
import { isEnglish, w } from "../words";

/** One panel in the middle of the page. */
export function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · ${w.nav.brand}`;
  }, [title]);
  return (
    <main class="gate">
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
