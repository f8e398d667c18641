// The service's interface for reports.

import { ask } from "../http";
import type { Detail, PromiseKept, Report, Verdict } from "./types";

const V1 = "/api/v1";

export const readReport = (id: string) => ask<Detail>("GET", `${V1}/reports/${id}`);
export const photoOf = (id: string, isSmall: boolean) =>
  `${V1}/reports/${id}/photo${isSmall ? "?small=true" : ""}`;
export const takeReport = ({ id, version }: Report) =>
  ask<Detail>("POST", `${V1}/reports/${id}/take`, { version, body: {} });
export const handReport = ({ id, version }: Report, account: string) =>
  ask<Detail>("POST", `${V1}/reports/${id}/hand`, { version, body: { account } });
export const answerReport = (
  { id, version }: Report,
  body: { verdict: Verdict; answer: string; group: boolean; facility_broken: boolean },
) => ask<Detail>("POST", `${V1}/reports/${id}/answer`, { version, body });
export const redactReport = ({ id, version }: Report, reason: string) =>
  ask<Detail>("POST", `${V1}/reports/${id}/redact`, { version, body: { reason } });
export const readPromise = (station: string) => ask<PromiseKept>("GET", `${V1}/stations/${station}/promise`);
