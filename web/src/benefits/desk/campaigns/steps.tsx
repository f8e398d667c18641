// The steps of a campaign's life that can be taken now: publish, freeze, resume, end, raise, draw.

import { useState } from "preact/hooks";
import { Button } from "../../../staff/parts/button";
import { Ask, type Question } from "../../../staff/parts/dialog";
import { may } from "../../../staff/session";
import { now_ms } from "../../../staff/shell";
import { yuan } from "../../phone/money";
import { moveCampaign } from "../api";
import { amount, whole } from "../parts/amounts";
import { Figure, Form } from "../parts/form";
import type { Campaign } from "../types";
import { b, say } from "../words";

type Step = "publish" | "freeze" | "resume" | "end" | "draw";

/** The steps that a campaign and one's permissions allow at an instant. */
export function stepsOf(
  campaign: Campaign,
  can: { readonly manage: boolean; readonly freeze: boolean },
  at_ms: number,
): readonly Step[] {
  const { life, mode, draw, closes_at } = campaign;
  const isClosed = Date.parse(closes_at) <= at_ms;
  const steps: Step[] = [];
  if (can.manage && life === "draft") steps.push("publish");
  if (can.manage && mode === "draw" && life === "running" && isClosed && !draw?.drawn_at) steps.push("draw");
  if (can.freeze && life === "running") steps.push("freeze");
  if (can.freeze && life === "frozen") steps.push("resume");
  if (can.manage && (life === "running" || life === "frozen")) steps.push("end");
  return steps;
}

/** The buttons. */
export function Steps({ campaign, onDone }: { campaign: Campaign; onDone: () => void }) {
  const [question, setQuestion] = useState<Question>();
  const [isRaising, setRaising] = useState(false);
  const district = campaign.district ?? "";
  const can = { manage: may("benefit_manage", district), freeze: may("benefit_freeze", district) };
  const begin = (step: Step) => setQuestion(questionOf(campaign, step, onDone));
  return (
    <>
      {stepsOf(campaign, can, now_ms()).map((step) => (
        <Button
          key={step}
          look={step === "publish" || step === "draw" ? "" : step === "end" ? "quiet bad" : "quiet"}
          onClick={() => begin(step)}
        >
          {b.campaigns[step]}
        </Button>
      ))}
      {can.manage && campaign.life === "running" ? (
        <Button look="quiet" onClick={() => setRaising(true)}>
          {b.campaigns.raise}
        </Button>
      ) : null}
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
      {isRaising ? <Raise campaign={campaign} onDone={onDone} onClose={() => setRaising(false)} /> : null}
    </>
  );
}

function questionOf(campaign: Campaign, step: Step, onDone: () => void): Question {
  const { name, stock, draw } = campaign;
  const texts: Readonly<Record<Step, string>> = {
    publish: b.campaigns.publish_text,
    freeze: b.campaigns.freeze_text,
    resume: "",
    end: b.campaigns.end_text,
    draw: say(b.campaigns.draw_text, { entries: draw?.entries ?? 0, stock }),
  };
  return {
    title: say(b.campaigns[`${step}_title`], { name }),
    text: texts[step] ? <p>{texts[step]}</p> : undefined,
    go: b.campaigns[step],
    reason: step === "freeze" ? "must" : "no",
    run: async (reason) => {
      await moveCampaign(campaign, step, step === "freeze" ? { reason } : {});
      onDone();
    },
  };
}

interface RaiseProps {
  readonly campaign: Campaign;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function Raise({ campaign, onDone, onClose }: RaiseProps) {
  const [stock, setStock] = useState(String(campaign.stock));
  const [budget, setBudget] = useState(yuan(campaign.budget_fen).replaceAll(",", ""));
  const save = async () => {
    await moveCampaign(campaign, "budget", { stock: whole(stock) ?? 0, budget_fen: amount(budget) });
    onDone();
  };
  return (
    <Form title={b.campaigns.raise_title} onClose={onClose} save={save} go={b.campaigns.raise}>
      {(faults) => (
        <>
          <p>{b.campaigns.raise_text}</p>
          <Figure
            label={b.campaigns.stock}
            name="stock"
            value={stock}
            onInput={setStock}
            required
            faults={faults}
          />
          <Figure
            yuan
            label={b.campaigns.budget}
            name="budget_fen"
            value={budget}
            onInput={setBudget}
            required
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}
