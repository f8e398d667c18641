// Rounds of inspections: the list, one of them, a new one, the sheet on paper, and the board of findings.

import { here } from "../route";
import { may } from "../session";
import { FindingsBoard } from "./findings";
import { RoundList } from "./list";
import { Paper } from "./paper";
import { PlanRound } from "./plan";
import { RoundScreen } from "./round";

/** The screen. */
export function Rounds() {
  const [, , , first, second] = here.value.pathname.split("/");
  // Whoever does not inspect still puts right what was found.
  if (first === "findings" || !may("inspection_do")) return <FindingsBoard />;
  if (first === "new" && may("inspection_plan")) return <PlanRound />;
  if (first && second === "print") return <Paper key={first} id={first} />;
  if (first) return <RoundScreen key={first} id={first} />;
  return <RoundList />;
}
