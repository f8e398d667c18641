// What the grievance centre works with: departments, categories, routing, subjects.

import { useEffect } from "preact/hooks";
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
      <nav class="chips" aria-label={g.settings.parts}>
        {(Object.keys(PARTS) as PartName[]).map((name) => (
          <a
            key={name}
            class={name === shown ? "chip on" : "chip"}
            aria-current={name === shown ? "page" : undefined}
            href={`/grievances/settings/${name}`}
          >
            {g.settings[name]}
          </a>
        ))}
      </nav>
      <Part />
    </>
  );
}
