// What the grievance centre works with: departments, categories, routing, subjects.

import { useEffect } from "preact/hooks";
import { Chips } from "../../staff/list/chips";
import { Head } from "../parts/head";
import { learn } from "../parts/known";
import { g } from "../words";
import { Categories } from "./categories";
import { Departments } from "./departments";
import { Routing } from "./routing";
import { Subjects } from "./subjects";

const PARTS = {
  departments: Departments,
  categories: Categories,
  routing: Routing,
  subjects: Subjects,
} as const;
type PartName = keyof typeof PARTS;

/** The screen; `rest` is which part. */
export function Settings({ rest }: { rest: string }) {
  const shown: PartName = Object.hasOwn(PARTS, rest) ? (rest as PartName) : "departments";
  const Part = PARTS[shown];
  useEffect(() => void learn(), []);
  return (
    <>
      <Head title={g.settings.title} />
      <Chips
        label={g.settings.parts}
        chips={(Object.keys(PARTS) as PartName[]).map((name) => ({
          key: name,
          word: g.settings[name],
          href: `/grievances/settings/${name}`,
          on: name === shown,
        }))}
      />
      <Part />
    </>
  );
}
