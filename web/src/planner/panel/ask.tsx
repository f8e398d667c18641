// What is asked: what a station must have, for whom, where, how near, how many.

import { useState } from "preact/hooks";
import { may } from "../../staff/session";
import { districts, terms } from "../../staff/shell";
import { Chip, Many, One } from "../parts/chips";
import { PLACES, type Question } from "../question";
import { change, demand, layers, question, serviceLayers } from "../store";
import { count, p, say } from "../words";
import { Own } from "./own";

/** The choices of nearness; another is one's own. */
const REACHES = {
  quarter: { within_s: 900, within_m: undefined, by: "walk" },
  kilometre: { within_s: undefined, within_m: 1000, by: "straight" },
  half: { within_s: undefined, within_m: 500, by: "straight" },
} as const;
type Near = keyof typeof REACHES | "own";
const NEARS: readonly Near[] = ["quarter", "kilometre", "half", "own"];

/** Which of the choices a question has taken. */
export function nearOf({ within_s, within_m, by }: Question): Near {
  const is = ({ within_s: s, within_m: m, by: b }: (typeof REACHES)[keyof typeof REACHES]) =>
    s === within_s && m === within_m && b === by;
  return (Object.keys(REACHES) as (keyof typeof REACHES)[]).find((code) => is(REACHES[code])) ?? "own";
}

/** The chips. */
export function Ask() {
  const asked = question.value;
  return (
    <>
      <What asked={asked} />
      <Who asked={asked} />
      <Many
        label={p.ask.where}
        terms={districts
          .filter(({ adcode }) => may("coverage_see", adcode))
          .map(({ adcode, name }) => ({ code: adcode, word: name }))}
        values={asked.district}
        onChange={(district) => change({ district })}
        all={p.ask.everywhere}
        first={3}
      />
      <Nearness key={nearOf(asked)} asked={asked} />
      <One
        label={p.ask.how_many}
        choices={[
          { code: 1, word: p.ask.once },
          { code: 2, word: p.ask.twice },
        ]}
        value={asked.min}
        onPick={(min) => change({ min: min as 1 | 2 })}
      />
      <Places asked={asked} />
    </>
  );
}

function What({ asked }: { asked: Question }) {
  // What workers ask for most stands first.
  const usual = ["microwave", "heating", "cooling", "toilet", "phone_charge", "water"];
  const all = terms("facility");
  const sorted = [
    ...usual.flatMap((code) => all.find((term) => term.code === code) ?? []),
    ...all.filter(({ code }) => !usual.includes(code)),
  ];
  return (
    <Many
      label={p.ask.what}
      terms={[...sorted.slice(0, 4), { code: "no_phone", word: p.ask.no_phone }, ...sorted.slice(4)]}
      values={[...asked.facility, ...(asked.no_phone ? ["no_phone"] : [])]}
      onChange={(codes) =>
        change({
          facility: codes.filter((code) => code !== "no_phone"),
          no_phone: codes.includes("no_phone"),
        })
      }
      first={5}
    />
  );
}

function Who({ asked }: { asked: Question }) {
  const known = layers.value ?? [];
  const layer = known.find(({ code }) => code === asked.demand) ?? demand.value;
  const trades = terms("trade").filter(
    ({ code }) => layer?.trades.includes(code) || asked.trade.includes(code),
  );
  const all = layer ? say(p.ask.all_people, count(layer.people)) : p.ask.everybody;
  return (
    <>
      <Many
        label={p.ask.who}
        terms={trades}
        values={asked.trade}
        onChange={(trade) => change({ trade })}
        all={all}
        first={4}
      />
      {known.length > 1 ? (
        <One
          label={p.ask.layer}
          choices={known.map(({ code, name }) => ({ code, word: name }))}
          value={layer?.code ?? ""}
          onPick={(code) => change({ demand: code })}
        />
      ) : null}
    </>
  );
}

function Nearness({ asked }: { asked: Question }) {
  const near = nearOf(asked);
  const [isOwn, setOwn] = useState(near === "own");
  return (
    <fieldset class="ask">
      <legend>{p.ask.how_near}</legend>
      <div class="chips">
        {NEARS.map((code) => (
          <Chip
            key={code}
            on={isOwn ? code === "own" : code === near}
            word={p.reach.choices[code]}
            onClick={() => {
              setOwn(code === "own");
              if (code !== "own") change(REACHES[code]);
            }}
          />
        ))}
      </div>
      {isOwn ? <Own asked={asked} /> : null}
    </fieldset>
  );
}

function Places({ asked }: { asked: Question }) {
  const known = serviceLayers.value;
  if (known.length === 0 && asked.of === "stations") return null;
  return (
    <>
      <One
        label={p.ask.of}
        choices={PLACES.map((code) => ({ code, word: p.ask.places[code] }))}
        value={asked.of}
        onPick={(of) => change({ of })}
      />
      {known.length > 1 ? (
        <Many
          label={p.ask.service_layers}
          terms={known.map(({ code, name }) => ({ code, word: name }))}
          values={asked.layer}
          onChange={(layer) => change({ layer })}
          all={p.ask.all_layers}
          first={4}
        />
      ) : null}
    </>
  );
}
