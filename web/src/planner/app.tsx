// Which screen is shown: the door for whoever is not signed in, then the plan, or the plan on paper.

import { useEffect } from "preact/hooks";
import { Failure, Loading, Nothing } from "../staff/parts/notes";
import { Must } from "../staff/people/must";
import { SignIn } from "../staff/people/sign-in";
import { here } from "../staff/route";
import { may, renewSession, session, sessionFailure } from "../staff/session";
import { load } from "./layers";
import { Page } from "./page";
import { Paper } from "./print/paper";
import { p } from "./words";

/** The whole page. */
export function App() {
  useEffect(() => {
    document.title = p.nav.title;
  }, []);
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
  if (!may("coverage_see")) {
    return (
      <main class="gate">
        <Nothing title={p.nav.no_right} icon="lock">
          <p>{p.nav.no_right_text}</p>
          <a href="/staff">{p.nav.staff}</a>
        </Nothing>
      </main>
    );
  }
  return <Work />;
}

function Work() {
  useEffect(() => {
    load();
  }, []);
  return here.value.pathname.startsWith("/planner/print") ? <Paper /> : <Page />;
}
