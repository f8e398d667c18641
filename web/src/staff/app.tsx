// Which screen is shown: the door for whoever is not signed in, what must be done first, then the work.

import type { ComponentType } from "preact";
import { Inbox } from "../inbox/inbox";
import { Cards } from "./cards/page";
import { Imports } from "./imports/page";
import { Joins } from "./joins/page";
import { Notices } from "./notices/page";
import { Regimes } from "./notices/regimes";
import { Audit } from "./pages/audit";
import { City } from "./pages/city";
import { Consents } from "./pages/consents";
import { Failure, Loading, Nothing } from "./parts/notes";
import { Accounts } from "./people/accounts";
import { Me } from "./people/me";
import { Must } from "./people/must";
import { SignIn } from "./people/sign-in";
import { Welcome } from "./people/welcome";
import { Rail } from "./rail";
import { Ratings } from "./ratings/page";
import { Registry } from "./registry/page";
import { Reports } from "./reports/page";
import { Rounds } from "./rounds/page";
import { here, screenOf } from "./route";
import { may, renewSession, session, sessionFailure } from "./session";
import { Walk } from "./walk/walk";
import { w } from "./words";

/** A screen, and who may see it. */
interface Screen {
  readonly draw: ComponentType;
  readonly may: () => boolean;
}

const SCREENS: Readonly<Record<string, Screen>> = {
  registry: { draw: Registry, may: () => may("station_see") },
  notices: { draw: Notices, may: () => may("station_see") },
  regimes: { draw: Regimes, may: () => may("station_see") },
  imports: { draw: Imports, may: () => may("station_import") },
  reports: { draw: Reports, may: () => may("report_see") },
  cards: { draw: Cards, may: () => may("station_see") },
  joins: { draw: Joins, may: () => may("join_manage") },
  rounds: { draw: Rounds, may: () => may("station_confirm") },
  ratings: { draw: Ratings, may: () => may("station_see") },
  accounts: { draw: Accounts, may: () => may("account_see") },
  city: { draw: City, may: () => may("city_set_up") },
  consents: { draw: Consents, may: () => may("consent_write") },
  audit: { draw: Audit, may: () => may("audit_read") },
  inbox: { draw: Inbox, may: () => true },
  me: { draw: Me, may: () => true },
};

/** The whole page. */
export function App() {
  const screen = screenOf(here.value);
  if (screen === "welcome") return <Welcome />;
  // The inspector's phone shows what it keeps, also where nobody can say who is signed in.
  const mayWalk = session.value ? session.value.must.length === 0 : session.value === undefined;
  if (screen === "walk" && mayWalk) return <Walk />;
  if (sessionFailure.value) {
    return (
      <main class="gate">
        <Failure failure={sessionFailure.value} onRetry={() => void renewSession()} />
      </main>
    );
  }
  if (session.value === undefined) {
    return (
      <main class="gate">
        <Loading rows={3} />
      </main>
    );
  }
  if (session.value === null) return <SignIn />;
  if (session.value.must.length > 0) return <Must />;
  return <Work screen={screen} />;
}

function Work({ screen }: { screen: string }) {
  const known = Object.hasOwn(SCREENS, screen) ? SCREENS[screen] : undefined;
  const Shown = known?.may() ? known.draw : Lost;
  return (
    <div class="app">
      <a class="skip" href="#main">
        {w.nav.skip}
      </a>
      <Rail screen={screen} />
      <main id="main" class="main" tabIndex={-1}>
        <Shown key={screen} />
      </main>
    </div>
  );
}

function Lost() {
  return (
    <Nothing title={w.nav.lost} icon="lock">
      <p>{w.nav.lost_text}</p>
      <a href="/staff">{w.nav.registry}</a>
    </Nothing>
  );
}
