// The terms of a campaign as a form: worth, times, numbers, who may claim, where it is taken.

import { useState } from "preact/hooks";
import { Button } from "../../../staff/parts/button";
import { Check, Checks, Pick, Text } from "../../../staff/parts/field";
import { Failure } from "../../../staff/parts/notes";
import { useTask } from "../../../staff/parts/task";
import { districts, terms } from "../../../staff/shell";
import { changeCampaign, createCampaign } from "../api";
import { choices, District, type Faults, Figure } from "../parts/form";
import { CARD_KINDS, CATEGORIES, type Campaign, MODES } from "../types";
import { b } from "../words";
import { bodyOf, type Draft, draftOf } from "./draft";
import { PlacesField } from "./places";

interface Props {
  /** The campaign that is changed; a new one where there is none. */
  readonly campaign: Campaign | undefined;
  readonly onSaved: (campaign: Campaign) => void;
}

/** What the parts of the form are given. */
interface Part {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly faults: Faults;
}

/** The form. */
export function Editor({ campaign, onSaved }: Props) {
  const [draft, setDraft] = useState(() => draftOf(campaign));
  const task = useTask();
  const save = async (event: Event) => {
    event.preventDefault();
    await task.run(async () => {
      const body = bodyOf(draft);
      onSaved(await (campaign ? changeCampaign(campaign, body) : createCampaign(body)));
    });
  };
  const part: Part = {
    draft,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    faults: task.failure?.faults,
  };
  return (
    <form class="panel whole-form" onSubmit={save}>
      <Failure failure={task.failure} />
      <Basics {...part} />
      <Money {...part} />
      <Times {...part} />
      <Numbers {...part} />
      <Who {...part} />
      <fieldset>
        <legend>{b.campaigns.where}</legend>
        <p class="hint">{b.campaigns.where_hint}</p>
        <PlacesField places={draft.places} onChange={(places) => part.set({ places })} faults={part.faults} />
      </fieldset>
      <div class="bar end">
        <Button type="submit" busy={task.busy}>
          {b.common.save}
        </Button>
      </div>
    </form>
  );
}

function Basics({ draft, set, faults }: Part) {
  return (
    <fieldset>
      <legend>{b.campaigns.terms}</legend>
      <Text
        label={b.common.name}
        name="name"
        value={draft.name}
        onInput={(name) => set({ name })}
        required
        max={60}
        faults={faults}
      />
      <Text
        label={b.campaigns.rule}
        name="rule"
        value={draft.rule}
        onInput={(rule) => set({ rule })}
        required
        lines={3}
        max={500}
        hint={b.campaigns.rule_hint}
        faults={faults}
      />
      <div class="three">
        <Pick
          label={b.campaigns.category}
          name="category"
          value={draft.category}
          choices={choices(CATEGORIES, b.categories)}
          onPick={(category) => set({ category })}
          faults={faults}
        />
        <Text
          label={b.campaigns.project}
          name="project"
          value={draft.project}
          onInput={(project) => set({ project })}
          max={40}
          hint={b.campaigns.project_hint}
          faults={faults}
        />
        <District
          value={draft.district}
          none={b.common.whole_city}
          onPick={(district) => set({ district })}
          faults={faults}
        />
      </div>
    </fieldset>
  );
}

function Money({ draft, set, faults }: Part) {
  return (
    <div class="three">
      <Figure
        yuan
        label={b.campaigns.face}
        name="face_fen"
        value={draft.face}
        onInput={(face) => set({ face })}
        required
        faults={faults}
      />
      <Figure
        yuan
        label={b.campaigns.union}
        name="union_fen"
        value={draft.union}
        onInput={(union) => set({ union })}
        hint={b.campaigns.union_hint}
        faults={faults}
      />
      <Figure
        yuan
        label={b.campaigns.min}
        name="min_spend_fen"
        value={draft.min_spend}
        onInput={(min_spend) => set({ min_spend })}
        faults={faults}
      />
      <Check
        label={b.campaigns.partial}
        on={draft.is_partial}
        onChange={(is_partial) => set({ is_partial })}
      />
    </div>
  );
}

function Times({ draft, set, faults }: Part) {
  return (
    <div class="three">
      <Text
        label={b.campaigns.opens}
        name="opens_at"
        type="datetime-local"
        value={draft.opens_at}
        onInput={(opens_at) => set({ opens_at })}
        required
        faults={faults}
      />
      <Text
        label={b.campaigns.closes}
        name="closes_at"
        type="datetime-local"
        value={draft.closes_at}
        onInput={(closes_at) => set({ closes_at })}
        required
        faults={faults}
      />
      <Pick
        label={b.campaigns.valid}
        name="valid"
        value={draft.valid}
        choices={[
          { code: "days", word: b.campaigns.valid_days },
          { code: "until", word: b.campaigns.valid_until },
        ]}
        onPick={(code) => set({ valid: code === "until" ? "until" : "days" })}
      />
      {draft.valid === "until" ? (
        <Text
          label={b.campaigns.valid_until}
          name="valid_until"
          type="datetime-local"
          value={draft.valid_until}
          onInput={(valid_until) => set({ valid_until })}
          required
          faults={faults}
        />
      ) : (
        <Figure
          label={b.campaigns.valid_days}
          name="valid_days"
          value={draft.valid_days}
          onInput={(valid_days) => set({ valid_days })}
          required
          faults={faults}
        />
      )}
    </div>
  );
}

function Numbers({ draft, set, faults }: Part) {
  return (
    <div class="three">
      <Pick
        label={b.campaigns.mode}
        name="mode"
        value={draft.mode}
        choices={choices(MODES, b.campaigns.modes)}
        onPick={(code) => set({ mode: code === "draw" ? "draw" : "first_come" })}
        faults={faults}
      />
      <Figure
        label={b.campaigns.stock}
        name="stock"
        value={draft.stock}
        onInput={(stock) => set({ stock })}
        required
        faults={faults}
      />
      <Figure
        yuan
        label={b.campaigns.budget}
        name="budget_fen"
        value={draft.budget}
        onInput={(budget) => set({ budget })}
        hint={b.campaigns.budget_hint}
        required
        faults={faults}
      />
      <Figure
        label={b.campaigns.limit_total}
        name="limit_total"
        value={draft.limit_total}
        onInput={(limit_total) => set({ limit_total })}
        required
        faults={faults}
      />
      <Figure
        label={b.campaigns.limit_day}
        name="limit_day"
        value={draft.limit_day}
        onInput={(limit_day) => set({ limit_day })}
        faults={faults}
      />
      <Figure
        label={b.campaigns.limit_month}
        name="limit_month"
        value={draft.limit_month}
        onInput={(limit_month) => set({ limit_month })}
        faults={faults}
      />
      {draft.mode === "draw" ? (
        <Figure
          label={b.campaigns.weight}
          name="weight_never_won"
          value={draft.weight}
          onInput={(weight) => set({ weight })}
          faults={faults}
        />
      ) : null}
    </div>
  );
}

function Who({ draft, set, faults }: Part) {
  return (
    <fieldset>
      <legend>{b.campaigns.who}</legend>
      <p class="hint">{b.campaigns.who_hint}</p>
      <Text
        label={b.campaigns.unions}
        name="eligibility"
        value={draft.unions}
        onInput={(unions) => set({ unions })}
        lines={3}
        max={20_000}
        faults={faults}
      />
      <Checks
        label={b.campaigns.trades}
        name="trades"
        values={draft.trades}
        choices={terms("trade")}
        onChange={(trades) => set({ trades })}
      />
      <Checks
        label={b.campaigns.districts}
        name="districts"
        values={draft.districts}
        choices={districts.map(({ adcode, name }) => ({ code: adcode, word: name }))}
        onChange={(chosen) => set({ districts: chosen })}
      />
      <Checks
        label={b.campaigns.cards}
        name="cards"
        values={draft.cards}
        choices={choices(CARD_KINDS, b.campaigns.card_kinds)}
        onChange={(cards) => set({ cards })}
      />
      <Text
        label={b.campaigns.joined_by}
        name="joined_by"
        type="date"
        value={draft.joined_by}
        onInput={(joined_by) => set({ joined_by })}
        faults={faults}
      />
    </fieldset>
  );
}
