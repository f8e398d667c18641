// The page of staff: registry, notices, accounts, audit. It draws everything into the server's shell.

import { render } from "preact";
import { App } from "./app";
import { guardLeaving } from "./editor/drafts";
import { whenLeft } from "./http";
import { followLinks } from "./route";
import { renewSession, session } from "./session";

const root = document.getElementById("staff");
if (root) {
  followLinks();
  guardLeaving();
  whenLeft(() => {
    if (session.value) session.value = null;
  });
  void renewSession();
  root.replaceChildren();
  render(<App />, root);
}
