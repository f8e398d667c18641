// The page of planners: when and where nobody is covered. It draws everything into the server's shell.

import { render } from "preact";
import { whenLeft } from "../staff/http";
import { followLinks, here } from "../staff/route";
import { renewSession, session } from "../staff/session";
import { App } from "./app";

/** Where the page is. */
const BASE = "/planner";

const root = document.getElementById("staff");
if (root) {
  followLinks(BASE);
  whenLeft(() => {
    if (session.value) session.value = null;
  });
  void renewSession();
  root.replaceChildren();
  render(<App />, root);
}
// The address is the state of the page, so a page that was loaded before an address changed hands is told anew.
addEventListener("pageshow", () => {
  if (here.value.href !== location.href) here.value = new URL(location.href);
});
