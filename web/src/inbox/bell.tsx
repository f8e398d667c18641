// The bell: how much was not read, with the way to the inbox.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../staff/parts/icon";
import { say, w } from "../staff/words";
import { listNotices } from "./api";

/** How many notices were not read. */
export const unread = signal(0);

/** Asks anew how many were not read. A failure leaves the old figure: the inbox tells of it. */
export async function renewUnread(): Promise<void> {
  unread.value = await listNotices({ unread: true, limit: 1 })
    .then((page) => page.unread)
    .catch(() => unread.value);
}

/** A link to the inbox with the count. It asks when the screen changes and when somebody comes back to the page,
 *  not by the clock: a session that is not used shall end. */
export function Bell({ href, screen, isHere }: { href: string; screen: string; isHere: boolean }) {
  useEffect(() => {
    void renewUnread();
    const back = () => {
      if (document.visibilityState === "visible") void renewUnread();
    };
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [screen]);
  const count = unread.value;
  return (
    <a
      href={href}
      class="bell"
      aria-current={isHere ? "page" : undefined}
      aria-label={count > 0 ? say(w.inbox.bell_n, count) : w.inbox.title}
    >
      <Icon name="bell" />
      {w.inbox.title}
      {count > 0 ? <em>{count > 99 ? "99+" : count}</em> : null}
    </a>
  );
}
