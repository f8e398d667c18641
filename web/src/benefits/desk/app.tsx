// Which screen of the desk is shown: the door for whoever is not signed in, then the work.

import type { ComponentType } from "preact";
import { Failure, Loading, Nothing } from "../../staff/parts/notes";
import { Must } from "../../staff/people/must";
import { SignIn } from "../../staff/people/sign-in";
import { here } from "../../staff/route";
import { renewSession, session, sessionFailure } from "../../staff/session";
import { Rail } from "./rail";
import { BASE, screenOf } from "./route";
import { belongs, SCREENS } from "./screens";
import { b, w } from "./words";

/** The whole page. */
export function App() {
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
  return <Work />;
}

function Work() {
  const { name, rest } = screenOf(here.value);
  const known = Object.hasOwn(SCREENS, name) ? SCREENS[name] : undefined;
  const Shown: ComponentType<{ rest: string }> = known?.may() ? known.draw : belongs() ? Lost : Stranger;
  return (
    <div class="app">
      <a class="skip" href="#main">
        {w.nav.skip}
      </a>
      <Rail screen={name} />
      <main id="main" class="main" tabIndex={-1}>
        <Shown key={`${name}/${rest}`} rest={rest} />
      </main>
    </div>
  );
}

function Lost() {
  return (
    <Nothing title={b.nav.lost} icon="lock">
      <p>{b.nav.lost_text}</p>
      <a href={BASE}>{b.nav.campaigns}</a>
    </Nothing>
  );
}

function Stranger() {
  return (
    <Nothing title={b.nav.no_right} icon="lock">
      <p>{b.nav.no_right_text}</p>
      <a href="/staff">{b.nav.staff}</a>
    </Nothing>
  );
}
