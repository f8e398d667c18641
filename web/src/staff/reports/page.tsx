// Reports by workers: the queue by last day with its filters in the address, and one of them in full.

import { day } from "../format";
import { addressWith, filtersOf, setFilters } from "../list/address";
import { Chips } from "../list/chips";
import { DistrictFilter, FilterBar, PickFilter } from "../list/filters";
import { ListFrame, Table } from "../list/frame";
import { useList } from "../list/use-list";
import { Button } from "../parts/button";
import { Head } from "../parts/head";
import { here } from "../route";
import { instantOf } from "../shell";
import { say, w } from "../words";
import { One } from "./one";
import { KINDS, type Queue, type Report } from "./types";
import { kindWords, ownerWords, Standing } from "./words";

const FILTERS = ["state", "kind", "district", "station", "owner", "overdue"] as const;
type Asked = Readonly<Record<(typeof FILTERS)[number], string>>;

/** The screen: the queue, or the report that the address names. */
export function Reports() {
  const [, , , id] = here.value.pathname.split("/");
  return id ? <One key={id} id={id} /> : <Waiting />;
}

/** The queue; open reports where the address does not ask for others. */
function Waiting() {
  const filters = filtersOf(FILTERS);
  const asked = { ...filters, state: filters.state || "open" };
  const state = asked.state === "all" ? "" : asked.state;
  const list = useList<Report, Queue>("/api/v1/reports", { ...asked, state });
  return (
    <>
      <Head title={w.reports.title} />
      <States asked={asked} counts={list.page?.counts} />
      <Filters asked={asked} />
      <ListFrame list={list} none={w.reports.none} text={w.reports.none_text} icon="check" rows={8}>
        {(rows) => <Rows rows={rows} />}
      </ListFrame>
    </>
  );
}

function States({ asked, counts }: { asked: Asked; counts: Queue["counts"] | undefined }) {
  const count = { open: counts?.open, answered: counts?.answered, all: undefined };
  const state = (code: keyof typeof count) => ({
    key: code,
    word: `${code === "all" ? w.reports.all : w.reports.states[code]} ${count[code] ?? ""}`,
    href: addressWith({ state: code === "open" ? "" : code, overdue: "" }),
    on: asked.state === code && !asked.overdue,
  });
  const overdue = {
    key: "overdue",
    word: say(w.reports.overdue, counts?.overdue ?? ""),
    href: addressWith({ state: "", overdue: "true" }),
    on: asked.overdue !== "",
  };
  return <Chips label={w.reports.state} chips={[state("open"), state("answered"), state("all"), overdue]} />;
}

function Filters({ asked }: { asked: Asked }) {
  const owners = [
    { code: "me", word: w.reports.owner_me },
    { code: "none", word: w.reports.owner_none },
  ];
  const kinds = KINDS.map((code) => ({ code, word: w.reports.kinds[code] }));
  return (
    <FilterBar>
      <PickFilter label={w.reports.kind} name="kind" none={w.reports.any} choices={kinds} />
      <DistrictFilter none={w.reports.any} />
      <PickFilter label={w.reports.owner} name="owner" none={w.reports.any} choices={owners} />
      {asked.station ? (
        <Button look="plain" icon="close" onClick={() => setFilters({ station: "" })}>
          {w.reports.station}
        </Button>
      ) : null}
    </FilterBar>
  );
}

function Rows({ rows }: { rows: readonly Report[] }) {
  return (
    <Table
      columns={[
        w.reports.due,
        w.reports.state,
        w.reports.kind,
        w.reports.station,
        w.reports.said,
        w.reports.owner,
        w.reports.number,
      ]}
    >
      {rows.map((report) => (
        <tr key={report.id}>
          <td>{day(instantOf(`${report.due}T00:00`) ?? "")}</td>
          <td>
            <Standing report={report} />
          </td>
          <td>
            {kindWords(report)}
            {report.state === "open" && report.together > 1 ? (
              <small>{say(w.reports.together, report.together)}</small>
            ) : null}
          </td>
          <td>{report.station.name}</td>
          <td class="text">{report.text ?? "–"}</td>
          <td>{ownerWords(report)}</td>
          <td>
            <a href={`/staff/reports/${report.id}`}>{report.number}</a>
          </td>
        </tr>
      ))}
    </Table>
  );
}
