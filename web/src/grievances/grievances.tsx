// The page of the grievance centre. It draws everything into the server's shell.

import { render } from "preact";
import { whenLeft } from "../staff/http";
import { followLinks, here } from "../staff/route";
import { renewSession, session } from "../staff/session";
import { App } from "./app";
import { plainAddress } from "./route";

const root = document.getElementById("staff");
if (root) {
  followLinks("/grievances");
  plainAddress();
  addEventListener("hashchange", plainAddress);
  whenLeft(() => {
    if (session.value) session.value = null;
  });
  void renewSession();
  root.replaceChildren();
  render(<App />, root);
}
// The address is the state of every screen, so a page that was loaded before an address changed hands is told anew.
addEventListener("pageshow", () => {
  if (here.value.href !== location.href) here.value = new URL(location.href);
});
