// The service's interface for grievances, one function for each question and each deed.

import { ask, query, Refusal, refusalOf } from "../staff/http";
import type { Facts } from "./board/facts";
import type { FiguresOf } from "./figures/page";
import type { Raised, Session, WholeSession } from "./sessions/types";
import type { CategorySetting, Route, Rule } from "./settings/types";
import type { Case, Category, Contact, Department, Link, Published, Receipt, Rows, Subject } from "./types";

/** Where all of it is. */
export const BASE = "/api/v1/grievances";

type Values = Readonly<Record<string, string | number | boolean | undefined | null>>;

export const listCases = (values: Values, signal?: AbortSignal) =>
  ask<Rows>("GET", `${BASE}${query({ limit: 50, ...values })}`, signal ? { signal } : {});
export const readCase = (id: string) => ask<Case>("GET", `${BASE}/${id}`);
/** Does something with a case of a version: see `allowed` of the case. Nothing: it is no longer one's own to see. */
export const act = (id: string, version: number, action: string, fields: object) =>
  ask<Case | undefined>("POST", `${BASE}/${id}/actions`, { version, body: { action, ...fields } });
export const revealContact = (id: string, reason: string) =>
  ask<Contact>("POST", `${BASE}/${id}/contact`, { body: { reason } });
export const attachmentOf = (id: string, attachment: string) => `${BASE}/${id}/attachments/${attachment}`;
export const eraseCase = (id: string, reason: string) =>
  ask<unknown>("POST", `${BASE}/${id}/erasure`, { body: { reason } });
export const addLink = (id: string, version: number, body: object) =>
  ask<unknown>("POST", `${BASE}/${id}/links`, { version, body });
export const removeLink = (id: string, version: number, { kind, object }: Link) =>
  ask<Case>("DELETE", `${BASE}/${id}/links/${kind}/${encodeURIComponent(object)}`, { version });
export const listCategories = () => ask<{ items: Category[] }>("GET", `${BASE}/categories`);
export const listDepartments = () => ask<{ items: Department[] }>("GET", `${BASE}/departments`);
export const listSubjects = () => ask<{ items: Subject[] }>("GET", `${BASE}/subjects`);
/** Takes a case down for somebody; the same key is carried out once. */
export const fileCase = (body: object, key: string) => ask<Receipt>("POST", `${BASE}/entries`, { body, key });

export const readBoard = (isWall: boolean) => ask<Facts>("GET", `${BASE}/board${query({ wall: isWall })}`);

export const readFigures = (period: string, by: string) =>
  ask<FiguresOf>("GET", `${BASE}/figures${query({ period, by })}`);

export const readSessionDay = (id: string) => ask<WholeSession>("GET", `${BASE}/sessions/${id}`);
export const createSession = (body: object) => ask<Session>("POST", `${BASE}/sessions`, { body });
export const changeSession = ({ id, version }: Session, body: object) =>
  ask<WholeSession>("PATCH", `${BASE}/sessions/${id}`, { version, body });
/** Takes many cases down at once; the same key is carried out once. */
export const takeMany = (id: string, cases: readonly object[], key: string) =>
  ask<{ items: Raised[] }>("POST", `${BASE}/sessions/${id}/cases`, { body: { cases }, key });

export const createDepartment = (body: object) => ask<Department>("POST", `${BASE}/departments`, { body });
export const changeDepartment = ({ id, version }: Department, body: object) =>
  ask<Department>("PATCH", `${BASE}/departments/${id}`, { version, body });
/** Every category, those that are out of use as well. */
export const listAllCategories = () => ask<{ items: CategorySetting[] }>("GET", `${BASE}/categories/all`);
export const createCategory = (body: object) => ask<CategorySetting>("POST", `${BASE}/categories`, { body });
export const changeCategory = ({ code, version }: CategorySetting, body: object) =>
  ask<CategorySetting>("PATCH", `${BASE}/categories/${code}`, { version, body });
export const readRouting = () => ask<{ items: Route[] }>("GET", `${BASE}/routing`);
export const putRouting = (items: readonly Rule[]) =>
  ask<{ items: Route[] }>("PUT", `${BASE}/routing`, { body: { items } });
export const putSubjects = (items: readonly Subject[]) =>
  ask<{ items: Subject[] }>("PUT", `${BASE}/subjects`, { body: { items } });
/** What is published of a case; nothing where nothing is. */
export const readPublication = (id: string) =>
  ask<Published>("GET", `${BASE}/${id}/publication`).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  });
/** Clears a case for publication, in words edited for it. */
export const publish = (id: string, version: number, body: { title: string; text: string }) =>
  ask<unknown>("POST", `${BASE}/${id}/publication`, { version, body });
export const withdrawPublication = (id: string, version: number) =>
  ask<unknown>("DELETE", `${BASE}/${id}/publication`, { version });

/** The longest that an upload may take, in milliseconds. */
const UPLOAD_MS = 120_000;

/** Uploads a file that a request will name, and gives its id. */
export async function upload(file: File): Promise<string> {
  const body = new FormData();
  body.append("file", file);
  const init: RequestInit = { method: "POST", body, signal: AbortSignal.timeout(UPLOAD_MS) };
  init.headers = { "Accept-Language": document.documentElement.lang || "zh-CN" };
  const response = await fetch("/api/v1/uploads?for=grievance", init).catch(() => {
    throw new Refusal(0, "unreachable", "");
  });
  if (!response.ok) throw await refusalOf(response);
  return ((await response.json()) as { id: string }).id;
}
