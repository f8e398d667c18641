// Which hours at which stations would cover most, by rank; what comes of all of them together.

import { Nothing } from "../../staff/parts/notes";
import { stateOf } from "../asked";
import { Method } from "../parts/method";
import { Trouble } from "../parts/said";
import { answers, picked, side } from "../store";
import type { Extension, Extensions as Told } from "../types";
import { count, ofWhole, p, percent, say, wordIn } from "../words";
import { Waiting } from "./lists";

/** The list. */
export function Extensions() {
  const asked = answers[side.value].extensions;
  const known = asked.known.value;
  const told = known.value;
  if (!told) return stateOf(known) === "failed" ? <Trouble asked={asked} /> : <Waiting />;
  return (
    <div aria-busy={known.busy}>
      <Trouble asked={asked} />
      {told.items.length === 0 ? <Nothing title={p.extensions.none} icon="check" /> : <Summary told={told} />}
      <ol class="plan">
        {told.items.map((item) => (
          <Row key={item.rank} item={item} />
        ))}
      </ol>
    </div>
  );
}

/** What all of them together come to. */
export function Summary({ told }: { told: Told }) {
  const { before, after, items } = told;
  const made = say(p.extensions.made, {
    before: count(before.numerator),
    after: ofWhole(after.numerator, after.denominator, told.unit),
  });
  return (
    <p class="sum">
      <b>
        {say(p.extensions.all, {
          n: items.length,
          before: percent(before.share),
          after: percent(after.share),
        })}
      </b>{" "}
      <Method
        explained={{
          title: p.lists.extensions,
          method: told.method,
          figures: [made],
          requests: [told.request],
          demand: told.demand,
        }}
      />
      <small>{made}</small>
    </p>
  );
}

function Row({ item }: { item: Extension }) {
  const { station, kind, hours_text, added, gain, opening_hours } = item;
  const isPicked = picked.value?.kind === "station" && picked.value.id === station.id;
  return (
    <li>
      <button
        type="button"
        aria-pressed={isPicked}
        onClick={() => {
          picked.value = {
            kind: "station",
            id: station.id,
            name: station.name,
            note: `${wordIn(p.extensions.kinds, kind)} ${hours_text}`,
            place: { lon: station.lon, lat: station.lat },
            isListed: true,
          };
        }}
      >
        <span class={`kind ${kind}`}>{wordIn(p.extensions.kinds, kind)}</span>
        <span class="what">
          {station.name}
          <small>{hours_text}</small>
          <small>{say(p.extensions.cost, { gain: count(gain), hours: count(opening_hours) })}</small>
        </span>
        <b>+{count(added)}</b>
      </button>
    </li>
  );
}
