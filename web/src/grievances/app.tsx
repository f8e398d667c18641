// Which screen of the grievance centre is shown: the door for whoever is not signed in, then the work.

import type { ComponentType } from "preact";
import { Failure, Loading, Nothing } from "../staff/parts/notes";
import { Must } from "../staff/people/must";
import { SignIn } from "../staff/people/sign-in";
import { here } from "../staff/route";
import { renewSession, session, sessionFailure } from "../staff/session";
import { Wall } from "./board/wall";
import { Rail } from "./rail";
import { screenOf } from "./route";
import { SCREENS } from "./screens";
import { belongs } from "./session";
import { g, w } from "./words";

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
  const { name, rest } = screenOf(here.value);
  if (name === "wall" && SCREENS.board?.may()) return <Wall />;
  return <Work name={name} rest={rest} />;
}

function Work({ name, rest }: { name: string; rest: string }) {
  const known = Object.hasOwn(SCREENS, name) ? SCREENS[name] : undefined;
  const Shown: ComponentType<{ rest: string }> = known?.may() ? known.draw : belongs() ? Lost : Stranger;
  return (
    <div class="app">
      <a class="skip" href="#main">
        {w.nav.skip}
      </a>
      <Rail screen={name} />
      <main id="main" class="main" tabIndex={-1}>
        <Shown key={name + (name === "cases" || name === "sessions" ? rest : "")} rest={rest} />
      </main>
    </div>
  );
}

function Lost() {
  return (
    <Nothing title={g.nav.lost} icon="lock">
      <p>{g.nav.lost_text}</p>
      <a href="/grievances">{g.nav.queue}</a>
    </Nothing>
  );
}

function Stranger() {
  return (
    <Nothing title={g.nav.no_right} icon="lock">
      <p>{g.nav.no_right_text}</p>
      <a href="/staff">{g.nav.staff}</a>
    </Nothing>
  );
}
