// The rail on the left: the screens that one may see, and who one is.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Bell } from "../inbox/bell";
import { readQueues } from "./api";
import { leave } from "./leave";
import { Door, Icon } from "./parts/icon";
import { may, session } from "./session";
import type { Queues } from "./types";
import { isEnglish, w } from "./words";

/** What waits to be done; shown by the rail and above the table. */
export const queues = signal<Queues | undefined>(undefined);

/** Asks anew what waits. A failure leaves the old figures: the table tells of it. */
export async function renewQueues(): Promise<void> {
  queues.value = await readQueues().catch(() => queues.value);
}

/** The rail. */
export function Rail({ screen }: { screen: string }) {
  useEffect(() => {
    if (may("station_see")) void renewQueues();
  }, [screen]);
  const notices = queues.value?.notices.count;
  const reports = queues.value?.reports.count;
  const findings = queues.value?.findings.count;
  return (
    <nav class="rail" aria-label={w.nav.label}>
      <p class="brand">
        <Door shape="open" />
        {w.nav.brand}
      </p>
      <Bell href="/staff/inbox" screen={screen} isHere={screen === "inbox"} />
      <Item screen={screen} name="registry" icon="list" permission="station_see" />
      <Item screen={screen} name="notices" icon="warn" permission="station_see" count={notices} />
      <Item screen={screen} name="regimes" icon="heating" permission="station_see" />
      <Item screen={screen} name="imports" icon="upload" permission="station_import" />
      <Item screen={screen} name="reports" icon="warn" permission="report_see" count={reports} />
      <Item screen={screen} name="cards" icon="scan" permission="station_see" />
      <Item screen={screen} name="joins" icon="user" permission="join_manage" />
      <Item screen={screen} name="rounds" icon="check" permission="station_confirm" count={findings} />
      <Item screen={screen} name="ratings" icon="list" permission="station_see" />
      {Object.keys(session.value?.permissions ?? {}).some((name) => name.startsWith("grievance_")) ? (
        <a href="/grievances">
          <Icon name="msg" />
          {w.nav.grievances}
        </a>
      ) : null}
      {Object.keys(session.value?.permissions ?? {}).some((name) => /^(benefit|member)_/.test(name)) ? (
        <a href="/benefits/desk">
          <Icon name="ticket" />
          {w.nav.benefits}
        </a>
      ) : null}
      {may("coverage_see") ? (
        <a href="/planner">
          <Icon name="layers" />
          {w.nav.planner}
        </a>
      ) : null}
      {may("account_see") || may("audit_read") || may("city_set_up") ? <h2>{w.nav.office}</h2> : null}
      <Item screen={screen} name="accounts" icon="user" permission="account_see" />
      <Item screen={screen} name="audit" icon="lock" permission="audit_read" />
      <Item screen={screen} name="city" icon="map" permission="city_set_up" />
      <Item screen={screen} name="consents" icon="check" permission="consent_write" />
      <div class="foot">
        <a href="/staff/me" aria-current={screen === "me" ? "page" : undefined}>
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
        <button type="button" onClick={() => void leave("/staff")}>
          <Icon name="next" />
          {w.nav.leave}
        </button>
      </div>
    </nav>
  );
}

function Item(props: {
  screen: string;
  name: string;
  icon: string;
  permission: string;
  count?: number | undefined;
}) {
  const { screen, name, icon, permission, count } = props;
  if (!may(permission)) return null;
  const word = (w.nav as Readonly<Record<string, string>>)[name] ?? name;
  return (
    <a
      href={name === "registry" ? "/staff" : `/staff/${name}`}
      aria-current={screen === name ? "page" : undefined}
    >
      <Icon name={icon} />
      {word}
      {count ? <em>{count}</em> : null}
    </a>
  );
}
