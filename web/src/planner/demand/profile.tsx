// At which hours of the day how many of a layer's people are outdoors: 24 percentages, for a working day and, if they
// differ, for the weekend; for all trades or for one by itself.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Check, Pick } from "../../staff/parts/field";
import type { Term } from "../../staff/shell";
import { clockOf } from "../spoken";
import { DAY } from "../week";
import { p, say } from "../words";

/** The shares of a day, and of a day of the weekend where it is another; percentages. */
export interface DayShares {
  readonly usual: readonly number[];
  readonly weekend?: readonly number[] | undefined;
}

/** The shares by trade; those of all others under an empty name. */
export type Shares = Readonly<Record<string, DayShares>>;

/** Everybody at every hour. */
export const WHOLE_DAY: DayShares = { usual: Array.from({ length: DAY }, () => 100) };
const WORKING_DAYS = 5;
const PRESETS = {
  always: () => 100,
  day: (hour: number) => (hour >= 6 && hour < 20 ? 100 : 0),
  meals: (hour: number) => ([11, 12, 17, 18, 19].includes(hour) ? 100 : hour >= 9 && hour < 22 ? 50 : 10),
} as const;

/** The profile as the interface takes it: shares of 0 to 1, 24 of them, or 168 where the weekend is another. */
export function profileOf(shares: Shares): Record<string, number[]> {
  const part = (percent: number) => Math.min(1, Math.max(0, percent / 100));
  const week = ({ usual, weekend }: DayShares) =>
    weekend
      ? Array.from({ length: 7 }, (_, day) => (day < WORKING_DAYS ? usual : weekend)).flat()
      : [...usual];
  return Object.fromEntries(Object.entries(shares).map(([trade, own]) => [trade, week(own).map(part)]));
}

interface Props {
  readonly shares: Shares;
  readonly onChange: (shares: Shares) => void;
  readonly trades: readonly Term[];
}

/** The fields. */
export function Profile({ shares, onChange, trades }: Props) {
  const [trade, setTrade] = useState("");
  const own = shares[trade] ?? WHOLE_DAY;
  const put = (change: Partial<DayShares>) => onChange({ ...shares, [trade]: { ...own, ...change } });
  return (
    <fieldset class="profile">
      <legend>{p.profile.title}</legend>
      <p class="cap">{p.profile.hint}</p>
      {trades.length > 0 ? (
        <Pick
          label={p.profile.trade}
          name="profile_trade"
          value={trade}
          none={p.profile.others}
          choices={trades}
          onPick={setTrade}
        />
      ) : null}
      <div class="bar wrap">
        {(Object.keys(PRESETS) as (keyof typeof PRESETS)[]).map((name) => (
          <Button
            key={name}
            look="quiet small"
            onClick={() => put({ usual: Array.from({ length: DAY }, (_, hour) => PRESETS[name](hour)) })}
          >
            {p.profile.presets[name]}
          </Button>
        ))}
      </div>
      <Day
        label={own.weekend ? p.profile.working : p.profile.every}
        values={own.usual}
        onChange={(usual) => put({ usual })}
      />
      <Check
        label={p.profile.weekend_other}
        on={own.weekend !== undefined}
        onChange={(on) => put({ weekend: on ? own.usual : undefined })}
      />
      {own.weekend ? (
        <Day label={p.profile.weekend} values={own.weekend} onChange={(weekend) => put({ weekend })} />
      ) : null}
    </fieldset>
  );
}

function Day(props: { label: string; values: readonly number[]; onChange: (values: number[]) => void }) {
  const { label, values, onChange } = props;
  return (
    <fieldset class="day">
      <legend>{label}</legend>
      <ol>
        {values.map((value, hour) => (
          <li key={clockOf(hour)}>
            <input
              class="input"
              type="number"
              min={0}
              max={100}
              step={1}
              required
              aria-label={say(p.profile.at, { day: label, hour: clockOf(hour) })}
              value={value}
              onInput={(event) =>
                onChange(values.map((old, i) => (i === hour ? Number(event.currentTarget.value) : old)))
              }
            />
            <span aria-hidden="true">{hour}</span>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
