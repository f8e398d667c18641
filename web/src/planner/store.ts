// What the page shows: the questions of its address, the answers to them, and what somebody has picked. Everything on
// the page reads from here, so that slider, map, figures and table never disagree for longer than an answer takes.

import { computed, effect, signal } from "@preact/signals";
import type { Place } from "../address";
import { go, here } from "../staff/route";
import { read, servicePointsAddress } from "./api";
import { Asked } from "./asked";
import { doorWeek, periodOf } from "./period";
import {
  changed,
  coverageAddress,
  extensionsAddress,
  gapsAddress,
  isCompared,
  type Question,
  questionOf,
  type Side,
  timetableAddress,
} from "./question";
import type {
  Coverage,
  Extensions,
  Gaps,
  Layer,
  ServiceLayer,
  ServicePoint,
  ServicePoints,
  Timetable,
} from "./types";
import { instantOfHour } from "./week";

/** The most cells that a map is given. */
const MOST_CELLS = 10_000;
/** How large the cells of the map are, as H3 counts: the smaller the number the larger the cell. */
export const CELLS = [7, 8, 9] as const;

/** The answers to the question of one side. */
interface Answers {
  readonly coverage: Asked<Coverage>;
  readonly timetable: Asked<Timetable>;
  readonly gaps: Asked<Gaps>;
  readonly extensions: Asked<Extensions>;
  readonly services: Asked<ServicePoints>;
}

const fresh = (): Answers => ({
  coverage: new Asked<Coverage>(read),
  timetable: new Asked<Timetable>(read),
  gaps: new Asked<Gaps>(read),
  extensions: new Asked<Extensions>(read),
  services: new Asked<ServicePoints>(read),
});

/** The answers of both sides. */
export const answers: Readonly<Record<Side, Answers>> = { a: fresh(), b: fresh() };
/** The layers of demand and of service points; nothing until they are there. */
export const layers = signal<readonly Layer[] | undefined>(undefined);
export const serviceLayers = signal<readonly ServiceLayer[]>([]);

/** The side that slider and chips change. */
const chosenSide = signal<Side>("a");
/** The hour under a finger that has not let go. */
const dragged = signal<number | undefined>(undefined);
/** The tabs of lists in the panel. */
export const TABS = ["extensions", "gaps", "districts", "trades"] as const;
export type Tab = (typeof TABS)[number];

/** What is picked on a map or in a list. */
export type Picked =
  | { readonly kind: "cell"; readonly cell: string }
  | {
      readonly kind: "station";
      readonly id: string;
      readonly name: string;
      readonly note: string;
      readonly place: Place;
      /** Whether it was picked in a list, so that the map must go there. */
      readonly isListed: boolean;
    }
  | { readonly kind: "service"; readonly point: ServicePoint };
export const picked = signal<Picked | undefined>(undefined);

const held = computed(() => here.value.searchParams);
export const compared = computed(() => isCompared(held.value));
export const period = computed(() => periodOf(held.value));
export const side = computed<Side>(() => (compared.value ? chosenSide.value : "a"));
/** The sides on view. */
export const sides = computed<readonly Side[]>(() => (compared.value ? ["a", "b"] : ["a"]));
export const tab = computed<Tab>(() => TABS.find((code) => code === held.value.get("list")) ?? TABS[0]);
export const cells = computed<number>(() => CELLS.find((n) => String(n) === held.value.get("cells")) ?? 8);

/** The questions, with the hour under the finger. */
export const questions = computed<Readonly<Record<Side, Question>>>(() => {
  const of = (which: Side): Question => {
    const question = questionOf(held.value, which);
    // Without an hour of its own the second side goes with the first.
    const follows = which === side.value || (side.value === "a" && !held.value.has("b.hour"));
    return dragged.value !== undefined && follows ? { ...question, hour: dragged.value } : question;
  };
  return { a: of("a"), b: of("b") };
});
/** The question that slider and chips change. */
export const question = computed(() => questions.value[side.value]);
/** The layer that the figures are of, as soon as an answer names it. */
export const demand = computed(() => answers[side.value].coverage.known.value.value?.demand);
/** The stand-in, where anything on view is of it. */
export const standIn = computed(() =>
  sides.value
    .flatMap((which) => {
      const { coverage, timetable, gaps, extensions } = answers[which];
      return [coverage, timetable, gaps, extensions].map((asked) => asked.known.value.value?.demand);
    })
    .find((layer) => layer?.stand_in),
);

/** The instant of the doors on a side's map. */
export function doorsAt(which: Side): string {
  return instantOfHour(doorWeek(period.value), questions.value[which].hour);
}

function replace(parameters: URLSearchParams): void {
  const url = new URL(here.value);
  url.search = parameters.toString().replaceAll("%2C", ",");
  go(url, true);
}

/** Changes the address by its parameters. */
export function move(change: (held: URLSearchParams) => URLSearchParams): void {
  replace(change(new URLSearchParams(held.value)));
}

/** Sets one parameter of the page itself; nothing takes it away. */
export function setOwn(name: string, value: string | undefined): void {
  move((said) => {
    if (value) said.set(name, value);
    else said.delete(name);
    return said;
  });
}

/** Changes the question of the chosen side. */
export function change(to: Partial<Question>): void {
  move((said) => changed(said, side.value, to));
}

/** Follows a finger on the slider; the address changes when it lets go. */
export function drag(hour: number): void {
  dragged.value = hour;
}

/** Lets the slider go. */
export function drop(): void {
  const hour = dragged.value;
  if (hour === undefined) return;
  change({ hour });
  dragged.value = undefined;
}

/** Chooses which side slider and chips change. */
export function choose(which: Side): void {
  chosenSide.value = which;
}

/**
 * Puts to the service what the page shows, whenever that becomes another; gives what ends it. On paper every list is
 * shown, on the screen the chosen one.
 */
export function follow({ isPaper = false } = {}): () => void {
  return effect(() => {
    const hasServices = serviceLayers.value.length > 0;
    for (const which of ["a", "b"] as const) {
      const isShown = sides.value.includes(which);
      const [asked, own, time] = [questions.value[which], answers[which], period.value];
      const want = (address: string) => (isShown ? address : undefined);
      own.coverage.want(want(coverageAddress(asked, time)));
      own.timetable.want(want(timetableAddress(asked, time)));
      own.gaps.want(
        want(gapsAddress(asked, time, { resolution: cells.value, limit: MOST_CELLS, covered: "true" })),
      );
      const isListed = isShown && which === side.value && (isPaper || tab.value === "extensions");
      own.extensions.want(isListed ? extensionsAddress(asked, time) : undefined);
      own.services.want(hasServices ? want(servicePointsAddress(asked.layer, doorsAt(which))) : undefined);
    }
  });
}
