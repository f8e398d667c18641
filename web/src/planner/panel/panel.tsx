// The panel on the left: what is asked, what comes of it, and what could be done about it.

import { leave } from "../../staff/leave";
import { Button } from "../../staff/parts/button";
import { Door, Icon } from "../../staff/parts/icon";
import { Menu } from "../../staff/parts/menu";
import { wordsOf } from "../../staff/parts/task";
import { here } from "../../staff/route";
import { session } from "../../staff/session";
import { layersFailure, load } from "../layers";
import { EXPORTED, Exports } from "../parts/exports";
import { StandIn, Trouble } from "../parts/said";
import { comparing } from "../question";
import { answers, choose, compared, move, side, sides } from "../store";
import { isEnglish, p, w } from "../words";
import { Ask } from "./ask";
import { Figures } from "./figures";
import { Lists } from "./lists";
import { When } from "./when";

/** The panel. */
export function Panel({ onLayers }: { onLayers: () => void }) {
  return (
    <aside class="left" aria-label={p.nav.panel}>
      <header class="brand">
        <Door shape="open" />
        <h1>{p.nav.title}</h1>
        <Exports of={EXPORTED} look="btn quiet" />
      </header>
      <div class="body">
        <StandIn />
        {layersFailure.value ? (
          <div class="note" role="status">
            <Icon name="warn" />
            <div>
              <b>{p.state.layers}</b>
              <p>{wordsOf(layersFailure.value)}</p>
              <Button look="quiet small" icon="undo" onClick={load}>
                {w.common.again}
              </Button>
            </div>
          </div>
        ) : null}
        {sides.value.map((which) => (
          <Trouble key={which} asked={answers[which].coverage} />
        ))}
        {compared.value ? <Sides /> : null}
        <Ask />
        <When />
        <Figures />
        <Lists />
      </div>
      <footer>
        {compared.value ? (
          <Button icon="close" onClick={() => move((held) => comparing(held, false))}>
            {p.compare.end}
          </Button>
        ) : (
          <Button
            icon="plus"
            onClick={() => {
              choose("b");
              move((held) => comparing(held, true));
            }}
          >
            {p.compare.begin}
          </Button>
        )}
        <Button look="quiet" onClick={onLayers}>
          {p.nav.layers}
        </Button>
        <a class="btn quiet" href={`/planner/print${here.value.search}`}>
          {p.nav.print}
        </a>
        <Account />
      </footer>
    </aside>
  );
}

/** Which side the chips and the slider change. */
function Sides() {
  return (
    <fieldset class="ask sides">
      <legend>{p.compare.which}</legend>
      <div class="chips">
        {(["a", "b"] as const).map((which) => (
          <button
            key={which}
            type="button"
            class={side.value === which ? "chip on" : "chip"}
            aria-pressed={side.value === which}
            onClick={() => choose(which)}
          >
            {side.value === which ? <Icon name="check" /> : null}
            {p.compare[which]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Account() {
  const language = new URL(here.value);
  language.searchParams.set("lang", isEnglish ? "zh" : "en");
  return (
    <Menu label={p.nav.more}>
      {() => (
        <div class="items links">
          <p class="cap">
            {session.value?.account.name} {session.value?.account.unit}
          </p>
          <a href="/staff">{p.nav.staff}</a>
          <a href={`/display?back=${encodeURIComponent("/planner")}`}>{p.nav.display}</a>
          <a href={language.pathname + language.search} lang={isEnglish ? "zh-CN" : "en"}>
            {isEnglish ? "中文" : "English"}
          </a>
          <button type="button" onClick={() => void leave("/planner")}>
            {w.nav.leave}
          </button>
        </div>
      )}
    </Menu>
  );
}
