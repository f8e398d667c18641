// The rail on the left: the screens of benefits that one may see, and who one is.

import { leave } from "../../staff/leave";
import { Door, Icon } from "../../staff/parts/icon";
import { session } from "../../staff/session";
import { isEnglish } from "../../staff/words";
import { BASE, hrefOf } from "./route";
import { SCREENS } from "./screens";
import { b, w } from "./words";

/** The rail. */
export function Rail({ screen }: { screen: string }) {
  const words = b.nav as Readonly<Record<string, string>>;
  return (
    <nav class="rail" aria-label={b.nav.label}>
      <p class="brand">
        <Door shape="open" />
        {b.nav.brand}
      </p>
      {Object.entries(SCREENS)
        .filter(([, { may }]) => may())
        .map(([name, { icon }]) => (
          <a key={name} href={hrefOf(name)} aria-current={screen === name ? "page" : undefined}>
            <Icon name={icon} />
            {words[name]}
          </a>
        ))}
      <h2>{b.nav.other}</h2>
      <a href="/staff">
        <Icon name="map" />
        {b.nav.staff}
      </a>
      {Object.keys(session.value?.permissions ?? {}).some((name) => name.startsWith("grievance_")) ? (
        <a href="/grievances">
          <Icon name="msg" />
          {b.nav.grievances}
        </a>
      ) : null}
      <a href="/benefits" target="_blank" rel="noopener">
        <Icon name="next" />
        {b.nav.public}
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
        <button type="button" onClick={() => void leave(BASE)}>
          <Icon name="next" />
          {w.nav.leave}
        </button>
      </div>
    </nav>
  );
}
