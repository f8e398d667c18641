// The fields of an action's form.

import type { Fault } from "../../staff/http";
import { Pick, Text } from "../../staff/parts/field";
import { Attach, type Uploaded } from "../parts/attach";
import { categoryChoices, departmentChoices, handlerChoices, subjectChoices } from "../parts/known";
import { choicesOf } from "../queue/narrow";
import { type Case, GRADES, OUTCOMES } from "../types";
import { g, say } from "../words";
import { type CoHandler, CoHandlers } from "./co-handlers";
import { type Asked, isAsked, type Typed } from "./fields";
import { Radios } from "./radios";

interface Props {
  readonly of: Case;
  readonly action: string;
  readonly fields: readonly Asked[];
  readonly typed: Typed;
  readonly onType: (name: string, value: unknown) => void;
  readonly faults: readonly Fault[] | undefined;
}

/** All fields. */
export function Fields(props: Props) {
  const shown = props.fields.filter(({ name }) => isAsked(name, props.typed));
  return (
    <>
      {shown.map((field) => (
        <One key={field.name} {...props} field={field} />
      ))}
    </>
  );
}

/** The words above a field: those of the action where it has some. */
export function labelOf(action: string, name: string, isNeeded: boolean): string {
  const words = g.fields as Readonly<Record<string, string>>;
  const label = words[`${action}_${name}`] ?? words[name] ?? name;
  return isNeeded ? label : label + g.common.optional;
}

function One(props: Props & { field: Asked }) {
  const { of, action, field, typed, onType, faults } = props;
  const { name, isNeeded } = field;
  const label = labelOf(action, name, isNeeded);
  const value = typed[name];
  const text = typeof value === "string" ? value : "";
  const set = (next: unknown) => onType(name, next);
  const framed = { label, name, faults };
  const choices = choicesFor(name, of, typed);
  if (choices) {
    const before = beforeOf(name, of, action);
    const hint = action === "dispatch" && name === "department" ? proposalWords(of) : undefined;
    return (
      <Pick
        {...framed}
        value={text || before}
        none="–"
        choices={choices}
        onPick={set}
        {...(hint ? { hint } : {})}
      />
    );
  }
  switch (name) {
    case "reached":
    case "solved":
    case "uphold":
      return (
        <Radios
          {...framed}
          value={value === true ? "yes" : value === false ? "no" : ""}
          choices={["yes", "no"].map((code) => ({ code, word: yesNo(name, code) }))}
          onPick={(code) => set(code === "yes")}
          required={isNeeded || name !== "uphold"}
        />
      );
    case "grade":
      return (
        <Radios {...framed} value={text} choices={coded(GRADES, g.grades)} onPick={set} required={isNeeded} />
      );
    case "outcome":
      return <Radios {...framed} value={text} choices={coded(OUTCOMES, g.outcomes)} onPick={set} required />;
    case "level":
      return (
        <Radios
          {...framed}
          value={value ? String(value) : ""}
          choices={coded(["1", "2", "3"], g.levels)}
          onPick={(code) => set(Number(code))}
          required
        />
      );
    case "days":
      return (
        <Text
          {...framed}
          value={value === undefined ? "" : String(value)}
          inputmode="numeric"
          onInput={(typed) => set(/^\d+$/.test(typed) ? Number(typed) : typed)}
          required={isNeeded}
          max={3}
        />
      );
    case "attachments":
      return (
        <Attach files={(typed.files as Uploaded[]) ?? []} onChange={(files) => onType("files", files)} />
      );
    case "co_handlers":
      return <CoHandlers rows={(value as CoHandler[]) ?? []} onChange={set} />;
    case "unit":
    case "into":
    case "turn_to":
      return (
        <Text
          {...framed}
          value={text || beforeOf(name, of, action)}
          onInput={set}
          required={isNeeded}
          max={100}
        />
      );
    default:
      return (
        <Text
          {...framed}
          value={text || beforeOf(name, of, action)}
          onInput={set}
          required={isNeeded}
          lines={name === "summary" ? 2 : 4}
          max={name === "summary" ? 100 : 2000}
        />
      );
  }
}

/** Where it should go, and who says so. */
function proposalWords({ state, proposed_department: proposed }: Case): string | undefined {
  if (!proposed) return undefined;
  return say(state === "returned" ? g.case.proposed_return : g.case.proposed_rule, {
    name: proposed.name ?? "",
  });
}

function coded(codes: readonly string[], words: Readonly<Record<string, string>>) {
  return codes.map((code) => ({ code, word: words[code] ?? code }));
}

function yesNo(name: string, code: string): string {
  const words = g.fields as Readonly<Record<string, string>>;
  return words[`${name}_${code}`] ?? (code === "yes" ? g.common.yes : g.common.no);
}

/** What is picked from a list, where the field is one. */
function choicesFor(name: string, of: Case, typed: Typed) {
  const department = typeof typed.department === "string" ? typed.department : "";
  switch (name) {
    case "category":
      return categoryChoices();
    case "department":
      return departmentChoices();
    case "handler":
      return handlerChoices(department);
    case "subject":
      return subjectChoices();
    case "urgency":
    case "district":
      return choicesOf(name);
    case "task":
      return of.tasks
        .filter(({ done }) => !done)
        .map(({ id, department, text }) => ({
          code: id,
          word: `${department?.name ?? ""} ${text ?? ""}`.trim(),
        }));
    default:
      return undefined;
  }
}

/** What stands in a field before anybody writes: a case is classified anew from what it is. */
function beforeOf(name: string, of: Case, action: string): string {
  if (action !== "classify") return "";
  const before: Readonly<Record<string, string | null | undefined>> = {
    category: of.category.id,
    urgency: of.urgency,
    unit: of.unit,
    summary: of.summary,
    district: of.district,
    subject: of.subject,
  };
  return before[name] ?? "";
}
