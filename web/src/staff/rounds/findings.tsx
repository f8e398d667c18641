// Findings: what is to be put right and until when, what is late, and what has to be looked at again.

import { useEffect, useState } from "preact/hooks";
import { addressWith } from "../list/address";
import { Chips } from "../list/chips";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Ask, type Question } from "../parts/dialog";
import { Text } from "../parts/field";
import { Head } from "../parts/head";
import { Icon } from "../parts/icon";
import { here } from "../route";
import { may, ownDistricts } from "../session";
import { districtName, wordOf } from "../shell";
import { say, w } from "../words";
import { type Finding, type Findings, listFindings, stepFinding } from "./api";
import { dayOf, Tabs } from "./list";

const VIEWS = ["open", "overdue", "recheck", "ended"] as const;
type View = (typeof VIEWS)[number];

/** What the interface is asked for a view. */
const ASKED: Readonly<Record<View, Readonly<Record<string, string | boolean>>>> = {
  open: { state: "open" },
  overdue: { overdue: true },
  recheck: { state: "fixed" },
  ended: { state: "verified,dropped" },
};

function viewOf(url: URL): View {
  const view = url.searchParams.get("view") as View | null;
  return view && VIEWS.includes(view) ? view : "open";
}

/** The board. */
export function FindingsBoard() {
  const view = viewOf(here.value);
  const district = here.value.searchParams.get("district") ?? "";
  const [question, setQuestion] = useState<Question>();
  const list = useList<Finding, Findings>("/api/v1/findings", { ...ASKED[view], district, limit: 100 });
  const { page } = list;
  const count = (of: View) =>
    of === "ended" || !page
      ? ""
      : ` ${{ open: page.counts.open, overdue: page.counts.overdue, recheck: page.counts.recheck }[of]}`;
  return (
    <>
      <Head title={w.rounds.findings} />
      <Tabs now="findings" />
      <Chips
        label={w.rounds.by_state}
        chips={VIEWS.map((code) => ({
          key: code,
          word: `${w.rounds.views[code]}${count(code)}`,
          href: addressWith({ view: code }),
          on: code === view,
        }))}
      >
        {ownDistricts.value.length > 1 ? <DistrictChips district={district} /> : null}
      </Chips>
      <ListFrame list={list} none={w.rounds.no_findings} icon="check">
        {(items) => <Rows items={items} onAsk={setQuestion} onDone={list.renew} />}
      </ListFrame>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </>
  );
}

function DistrictChips({ district }: { district: string }) {
  return (
    <>
      {ownDistricts.value.map(({ adcode }) => (
        <a
          key={adcode}
          class={adcode === district ? "chip on" : "chip"}
          aria-current={adcode === district ? "true" : undefined}
          href={addressWith({ district: adcode === district ? "" : adcode })}
        >
          {districtName(adcode)}
        </a>
      ))}
    </>
  );
}

/** The state of a finding, in word and shape. */
export function Stage({ finding }: { finding: Finding }) {
  const { state, overdue } = finding;
  const look = overdue
    ? "current"
    : { open: "coming", fixed: "waiting", verified: "open", dropped: "past" }[state];
  const icon = overdue
    ? "warn"
    : { open: "clock", fixed: "undo", verified: "check", dropped: "close" }[state];
  return (
    <span class={`stage ${look}`}>
      <Icon name={icon} />
      {overdue ? w.rounds.overdue : w.rounds.states[state]}
    </span>
  );
}

interface RowsProps {
  readonly items: readonly Finding[];
  readonly onAsk: (question: Question) => void;
  readonly onDone: () => void;
}

function Rows({ items, onAsk, onDone }: RowsProps) {
  return (
    <Table columns={[w.rounds.due, w.rounds.station, w.rounds.what, w.rounds.state, w.rounds.steps_head]}>
      {items.map((finding) => (
        <tr key={finding.id}>
          <td>{dayOf(finding.due)}</td>
          <td class="text">
            <a href={`/staff?station=${finding.station.id}`}>{finding.station.name}</a>
          </td>
          <td class="text">
            <What finding={finding} />
          </td>
          <td>
            <Stage finding={finding} />
          </td>
          <td>
            <Steps finding={finding} onAsk={onAsk} onDone={onDone} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What is wrong, with its picture. */
function What({ finding }: { finding: Finding }) {
  const { kind, facility, text, photo, reason } = finding;
  return (
    <>
      <b>{facility ? wordOf("facility", facility) : w.rounds.kinds[kind]}</b> {text}
      {reason ? <p class="cap">{reason}</p> : null}
      {photo ? (
        <p>
          <a href={photo} target="_blank" rel="noreferrer">
            <img class="thumb" src={photo} alt={w.rounds.photo_alt} loading="lazy" />
          </a>
        </p>
      ) : null}
    </>
  );
}

/** What may be done with it now. */
function Steps({ finding, onAsk, onDone }: { finding: Finding } & Omit<RowsProps, "items">) {
  const steps = [
    ["fixed", finding.state === "open" && may("station_confirm")],
    ["verify", finding.state === "fixed" && may("inspection_do")],
    ["reopen", ["fixed", "verified"].includes(finding.state) && may("inspection_do")],
    ["drop", ["open", "fixed"].includes(finding.state) && may("inspection_plan")],
  ] as const;
  const ask = (step: "fixed" | "verify" | "reopen" | "drop") => {
    let chosen = "";
    onAsk({
      title: say(w.rounds.step_title[step], finding.station.name),
      text: (
        <>
          <p>{finding.text}</p>
          {step === "reopen" ? (
            <NewDay
              onChange={(day) => {
                chosen = day;
              }}
            />
          ) : null}
        </>
      ),
      go: w.rounds.steps[step],
      reason: step === "drop" ? "must" : step === "reopen" ? "may" : "no",
      run: async (reason) => {
        await stepFinding(finding, step, {
          ...(reason ? { reason } : {}),
          ...(chosen ? { due: chosen } : {}),
        });
        onDone();
      },
    });
  };
  return (
    <span class="bar wrap">
      {steps.map(([step, can]) =>
        can ? (
          <Button
            key={step}
            look="quiet small"
            label={`${w.rounds.steps[step]}${w.common.colon}${finding.text}`}
            onClick={() => ask(step)}
          >
            {w.rounds.steps[step]}
          </Button>
        ) : null,
      )}
    </span>
  );
}

function NewDay({ onChange }: { onChange: (day: string) => void }) {
  const [day, setDay] = useState("");
  return (
    <Text
      label={w.rounds.new_due}
      name="due"
      type="date"
      value={day}
      onInput={(next) => {
        setDay(next);
        onChange(next);
      }}
    />
  );
}

/** The findings of one round, in short. */
export function FindingsOf({ round }: { round: string }) {
  const [items, setItems] = useState<readonly Finding[]>([]);
  useEffect(() => {
    void listFindings({ round })
      .then((page) => setItems(page.items))
      .catch(() => undefined);
  }, [round]);
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{w.rounds.findings}</h2>
      <ul class="plain-list">
        {items.map((finding) => (
          <li key={finding.id}>
            <Stage finding={finding} /> {finding.station.name}
            {w.common.colon}
            {finding.text} <span class="cap">{say(w.rounds.due_on, dayOf(finding.due))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
