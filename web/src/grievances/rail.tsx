// The rail on the left: the screens of the grievance centre that one may see, and who one is.

import { useEffect } from "preact/hooks";
import { Bell } from "../inbox/bell";
import { leave } from "../staff/leave";
import { Door, Icon } from "../staff/parts/icon";
import { may as mayAtAll, session } from "../staff/session";
import { isEnglish } from "../staff/words";
import { SCREENS } from "./screens";
import { renewWaiting, waiting } from "./waiting";
import { g, w } from "./words";

/** The screens in their order; `SCREENS` says who may see them. */
const ITEMS: readonly (readonly [string, string])[] = [
  ["queue", "list"],
  ["new", "plus"],
  ["calls", "call"],
  ["supervision", "flag"],
  ["sessions", "user"],
  ["ledger", "list"],
  ["board", "layers"],
  ["figures", "check"],
  ["publication", "msg"],
  ["settings", "lock"],
];

/** The rail. */
export function Rail({ screen }: { screen: string }) {
  useEffect(() => {
    if (mayAtAll("grievance_see")) void renewWaiting();
  }, [screen]);
  return (
    <nav class="rail" aria-label={g.nav.label}>
      <p class="brand">
        <Door shape="open" />
        {g.nav.brand}
      </p>
      <Bell href="/grievances/inbox" screen={screen} isHere={screen === "inbox"} />
      {ITEMS.filter(([name]) => SCREENS[name]?.may()).map(([name, icon]) => (
        <a
          key={name}
          href={name === "queue" ? "/grievances" : `/grievances/${name}`}
          aria-current={screen === name || (screen === "cases" && name === "queue") ? "page" : undefined}
        >
          <Icon name={icon} />
          {(g.nav as Readonly<Record<string, string>>)[name]}
          {name === "queue" && waiting.value ? <em>{waiting.value}</em> : null}
        </a>
      ))}
      <h2>{g.nav.other}</h2>
      <a href="/staff">
        <Icon name="map" />
        {g.nav.staff}
      </a>
      <div class="foot">
        <a href="/staff/me">
          <Icon name="user" />
          <span>
            {session.value?.account.name}
            <small>{session.value?.account.unit}</small>
          </span>
        </a>
        <a href={`${location.pathname}?lang=${isEnglish ? "zh" : "en"}`} lang={isEnglish ? "zh-CN" : "en"}>
          <Icon name="size" />
          {isEnglish ? "中文" : "English"}
        </a>
        <button type="button" onClick={() => void leave("/grievances")}>
          <Icon name="next" />
          {w.nav.leave}
        </button>
      </div>
    </nav>
  );
}
