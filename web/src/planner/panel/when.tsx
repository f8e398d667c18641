// Over which time the figures are: the hour of the slider, its week, or a season.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Icon } from "../../staff/parts/icon";
import { Chip } from "../parts/chips";
import { SPANS, seasonFault, withPeriod } from "../period";
import { move, period } from "../store";
import { addDays, mondayOf, present, spanWords } from "../week";
import { p } from "../words";

/** The choice. */
export function When() {
  const { span } = period.value;
  return (
    <fieldset class="ask">
      <legend>{p.when.label}</legend>
      <div class="chips">
        {SPANS.map((code) => (
          <Chip
            key={code}
            on={code === span}
            word={p.when[code]}
            onClick={() => move((held) => withPeriod(held, { span: code }))}
          />
        ))}
      </div>
      {span === "season" ? <Season /> : <Week />}
    </fieldset>
  );
}

function Week() {
  const { week } = period.value;
  const to = (monday: string) => move((held) => withPeriod(held, { week: monday }));
  const isThis = week === present().week;
  return (
    <p class="week">
      <Button look="quiet small" icon="back" label={p.when.earlier} onClick={() => to(addDays(week, -7))}>
        {""}
      </Button>
      <label>
        <span class="vh">{p.when.day}</span>
        <input
          class="input"
          type="date"
          value={week}
          onChange={(event) => {
            if (event.currentTarget.value) to(mondayOf(event.currentTarget.value));
          }}
        />
      </label>
      <Button look="quiet small" icon="chev" label={p.when.later} onClick={() => to(addDays(week, 7))}>
        {""}
      </Button>
      {isThis ? null : <span class="cap">{spanWords(week, addDays(week, 6))}</span>}
    </p>
  );
}

/** The days of a season; what cannot be is told, and the season stays as it was. */
function Season() {
  const [days, setDays] = useState({ from: period.value.from, to: period.value.to });
  const fault = seasonFault(days.from, days.to);
  const choose = (change: Partial<typeof days>) => {
    const next = { ...days, ...change };
    setDays(next);
    if (!seasonFault(next.from, next.to)) move((held) => withPeriod(held, next));
  };
  const field = (name: "from" | "to") => (
    <label>
      <span>{p.when[name]}</span>
      <input
        class="input"
        type="date"
        name={name}
        value={days[name]}
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={fault ? "season-fault" : undefined}
        onChange={(event) => {
          if (event.currentTarget.value) choose({ [name]: event.currentTarget.value });
        }}
      />
    </label>
  );
  return (
    <div class="season">
      {field("from")}
      {field("to")}
      {fault ? (
        <p class="fault" id="season-fault" role="alert">
          <Icon name="warn" />
          <span>{p.when[fault]}</span>
        </p>
      ) : null}
    </div>
  );
}
