// One map with what it is of: its hour or its question, the figure, the cell or station that is picked.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { shapeOf } from "../../door";
import { Icon } from "../../staff/parts/icon";
import { here } from "../../staff/route";
import { middle } from "../../staff/shell";
import type { Bounds } from "../classes";
import { StandIn, Trouble } from "../parts/said";
import { type Side, tileQueryOf } from "../question";
import { headOf, titleOf } from "../spoken";
import { answers, compared, doorsAt, period, picked, questions } from "../store";
import { count, ofWhole, p, percent, say, wordIn } from "../words";
import { Credits } from "./credits";
import type { Camera, GapMap, Shown, Stop } from "./gap-map";
import { open } from "./maps";
import { cameraOf, gapOf, middleOf } from "./view";

interface Props {
  readonly which: Side;
  readonly bounds: Bounds;
  readonly onMoved: (camera: Camera) => void;
  readonly onRested: (camera: Camera) => void;
  readonly onDrawn: (() => void) | undefined;
}

/** The map with its title. */
export function Pane(props: Props) {
  const { which } = props;
  const title = titleOf(which, questions.value, period.value, compared.value);
  const { gaps, services } = answers[which];
  return (
    <section
      class={which === "b" ? "pane after" : "pane"}
      aria-label={paneName(which, title)}
      aria-busy={gaps.known.value.busy}
      data-side={which}
    >
      <Canvas {...props} />
      <Head which={which} title={title} />
      <div class="on-map">
        <Trouble asked={gaps} what={p.map.gaps} />
        <Trouble asked={services} what={p.legend.service} />
        <Card which={which} />
      </div>
      <Credits />
    </section>
  );
}

/** What a map is called for whoever hears it. */
function paneName(which: Side, title: string): string {
  const name = say(p.map.named, title);
  return compared.value ? `${p.compare[which]} ${name}` : name;
}

function Head({ which, title }: { which: Side; title: string }) {
  const { coverage, timetable } = answers[which];
  const known = coverage.known.value;
  const isCurrent = known.path === known.of;
  const question = questions.value[which];
  const head = headOf(question, known.value, isCurrent, timetable.known.value.value, period.value);
  const unit = known.value?.unit ?? "people";
  return (
    <p class="ttl">
      <span class="of">{title}</span>
      {head ? (
        <>
          <b>{percent(head.share)}</b>
          <span>{ofWhole(head.numerator, head.denominator, unit)}</span>
        </>
      ) : (
        <b>…</b>
      )}
      <StandIn short />
    </p>
  );
}

/** The map itself. Its code comes only here; without WebGL the lists hold the same. */
function Canvas({ which, bounds, onMoved, onRested, onDrawn }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<GapMap>();
  const [isMissing, setMissing] = useState(!("WebGL2RenderingContext" in window));
  const known = answers[which].gaps.known.value;
  // The doors go with the hexagons: their tiles are asked when these have come, not at every step of the slider.
  const query = useRef("");
  if (query.current === "" || known.path === known.of || known.failure)
    query.current = tileQueryOf(questions.value[which], doorsAt(which));
  const shown: Shown = {
    gaps: known.value,
    bounds,
    services: answers[which].services.known.value.value,
    query: query.current,
    cell: picked.value?.kind === "cell" ? picked.value.cell : "",
    station: picked.value?.kind === "station" ? picked.value.place : undefined,
  };
  const latest = useRef({ shown, onMoved, onRested, onDrawn });
  latest.current = { shown, onMoved, onRested, onDrawn };
  useEffect(() => {
    const container = box.current;
    if (!container || isMissing) return;
    let made: GapMap | undefined;
    let isGone = false;
    const told = {
      cell: (cell: string) => {
        picked.value = { kind: "cell" as const, cell };
      },
      station: ({ id, name, state, place }: Stop) => {
        const note = wordIn(p.doors, shapeOf(state));
        picked.value = { kind: "station" as const, id, name, note, place, isListed: false };
      },
      service: (index: number) => {
        const point = latest.current.shown.services?.features[index]?.properties;
        if (point) picked.value = { kind: "service" as const, point };
      },
      moved: (camera: Camera) => latest.current.onMoved(camera),
      rested: (camera: Camera) => latest.current.onRested(camera),
      drawn: () => latest.current.onDrawn?.(),
    };
    const camera = [...open.values()][0]?.camera() ?? cameraOf(here.value.searchParams);
    import("./gap-map")
      .then(({ GapMap }) =>
        GapMap.open(
          container,
          say(p.map.canvas, p.compare[which]),
          middle,
          camera,
          latest.current.shown,
          told,
        ),
      )
      .then((opened) => {
        if (isGone) return opened.close();
        made = opened;
        open.set(which, opened);
        setMap(opened);
      })
      .catch((cause: unknown) => {
        console.error(cause);
        setMissing(true);
      });
    return () => {
      isGone = true;
      open.delete(which);
      made?.close();
    };
  }, []);
  // In the same breath as the words beside it, so that both are of one hour.
  useLayoutEffect(() => map?.show(shown));
  usePicked(which, map);
  if (isMissing) return <p class="note no-map">{p.map.missing}</p>;
  return <div class="map" ref={box} />;
}

/** Brings what is picked into view. The second map goes where the first one goes. */
function usePicked(which: Side, map: GapMap | undefined): void {
  const chosen = picked.value;
  useEffect(() => {
    if (!map || !chosen || which !== "a") return;
    if (chosen.kind === "station" && chosen.isListed) map.goTo(chosen.place);
    if (chosen.kind !== "cell") return;
    const { features = [] } = answers[which].gaps.known.value.value ?? {};
    const feature = features.find(({ properties }) => properties.cell === chosen.cell);
    if (!feature) return;
    const [lon, lat] = middleOf(feature);
    map.reveal({ lon, lat });
  }, [map, chosen]);
}

/** What is known of what is picked. */
function Card({ which }: { which: Side }) {
  const chosen = picked.value;
  if (!chosen) return null;
  const gaps = answers[which].gaps.known.value.value;
  const gap = chosen.kind === "cell" ? gapOf(gaps, chosen.cell) : undefined;
  return (
    <div class="card" role="status">
      <button
        type="button"
        class="bare"
        aria-label={p.map.close}
        onClick={() => {
          picked.value = undefined;
        }}
      >
        <Icon name="close" />
      </button>
      {chosen.kind === "cell" ? (
        gap ? (
          <>
            <b>{say(p.map.uncovered, ofWhole(gap.uncovered, gap.demand, gaps?.unit ?? "people"))}</b>
            <span>
              {gap.district}
              {gap.rank ? ` · ${say(p.map.rank, gap.rank)}` : ""}
            </span>
            {gap.hours_text ? <span>{say(p.map.hours, gap.hours_text)}</span> : null}
            {gap.hours ? <span>{say(p.map.hour_count, count(gap.hours))}</span> : null}
          </>
        ) : (
          <b>{p.map.few}</b>
        )
      ) : null}
      {chosen.kind === "station" ? (
        <>
          <b>{chosen.name}</b>
          <span>{chosen.note}</span>
          <a href={`/stations/${chosen.id}`} target="_blank" rel="noopener">
            {p.map.station_page}
          </a>
        </>
      ) : null}
      {chosen.kind === "service" ? (
        <>
          <b>{chosen.point.name}</b>
          <span>
            {chosen.point.layer_name} · {p.service_states[chosen.point.state]}
          </span>
          <span>{chosen.point.address}</span>
          <span>{chosen.point.hours_text}</span>
          <span>{chosen.point.phone}</span>
        </>
      ) : null}
    </div>
  );
}
