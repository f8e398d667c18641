// The plan: what is asked and what comes of it on the left, the maps, and the time below them.

import { useEffect, useState } from "preact/hooks";
import { Demand } from "./demand/drawer";
import { Dock } from "./dock/dock";
import { Maps } from "./map/maps";
import { Panel } from "./panel/panel";
import { follow } from "./store";
import { w } from "./words";

/** The page. */
export function Page() {
  const [hasDrawer, setDrawer] = useState(false);
  useEffect(() => follow(), []);
  return (
    <div class="planner">
      <a class="skip" href="#main">
        {w.nav.skip}
      </a>
      <Panel onLayers={() => setDrawer(true)} />
      <Maps />
      <Dock />
      {hasDrawer ? <Demand onClose={() => setDrawer(false)} /> : null}
    </div>
  );
}
