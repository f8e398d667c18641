// Announces what a copy must know as well: notices for a facility and an area, and a regime.

import assert from "node:assert/strict";

/** For `startServer`: makes somebody who may announce, and gives a way to ask as a program of his. */
export function announcer() {
  const made = {};
  const prepare = (run) => {
    run("user", "add", "--login", "announcer", "--role", "admin");
    const permissions = "station_see,notice_write,regime_write";
    const said = run("token", "add", "--login", "announcer", "--name", "test", "--permission", permissions);
    made.token = String(said).trim().split(/\s+/).at(-1);
  };
  const post = async (origin, path, body) => {
    const headers = { Authorization: `Bearer ${made.token}`, "Content-Type": "application/json" };
    const answer = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 201, await answer.text());
  };
  return { prepare, post };
}

/** A rectangle as GeoJSON. */
function rectangle(west, south, east, north) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: "Polygon", coordinates: [ring] };
}

/** Exceptions of every kind in the two days from 2026-11-24 10:00 on. */
export async function announceAll(origin, post) {
  const listed = await fetch(`${origin}/api/v1/stations?district=130302&limit=60`);
  const { features } = await listed.json();
  const at = (day, time) => `2026-11-${day}T${time}:00+08:00`;
  for (const [i, { id, properties }] of features.entries()) {
    const working = properties.facilities.filter((facility) => facility.working);
    const { code } = working[i % Math.max(1, working.length)] ?? {};
    if (code === undefined) continue;
    const effect = i % 2 === 0 ? "closed" : "open";
    const to = i % 3 === 0 ? null : at(25, `${String(8 + (i % 12)).padStart(2, "0")}:30`);
    const notice = { effect, facility: code, from: at(24, i % 4 === 0 ? "09:00" : "15:20"), to, reason: `第 ${i} 条 {to} <b>` };
    await post(origin, `/api/v1/stations/${id}/notices`, notice);
  }
  const closed = { effect: "closed", from: at(24, "16:00"), to: at(25, "09:00"), reason: "片区停电" };
  await post(origin, "/api/v1/notices", { ...closed, area: rectangle(119.57, 39.92, 119.6, 39.95) });
  const cooled = { effect: "open", facility: "heating", from: at(24, "12:00"), to: null, reason: "寒潮全天供暖" };
  await post(origin, "/api/v1/notices", { ...cooled, area: rectangle(119.45, 39.8, 119.52, 39.86) });
  const cold = { kind: "cold", hours: "05:30-08:00,18:00-23:30", from: at(24, "08:00"), to: at(26, "00:00"), reason: "寒潮延长开放" };
  await post(origin, "/api/v1/regimes", { ...cold, districts: ["130304"] });
  const storm = { kind: "storm", from: at(25, "18:00"), reason: "暴雨全天开放" };
  await post(origin, "/api/v1/regimes", { ...storm, districts: ["130302"] });
}
