// A server with the people of benefits, a merchant, a member and what they need; messages with codes go to a file.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import * as web from "./harness.mjs";
import { PEOPLE, staffStage } from "./staff-stage.mjs";

/** Who works with benefits: login, name, role, and where. */
const OFFICE = {
  ...PEOPLE,
  benefits: ["周普惠", "benefits", ""],
  finance: ["吴结算", "finance", ""],
};

/** Who signs in by phone. */
export const MEMBER = "13812345678";
export const CLERK = "13900001111";
export const PHONE = { viewport: web.PHONE };

/** The terms of a campaign unless a test says otherwise. */
export const TERMS = {
  name: "冬日热饭券",
  rule: "在签约餐馆吃饭满 30 元减 20 元。",
  project: "511",
  category: "food",
  mode: "first_come",
  opens_at: "2026-11-24T09:00:00+08:00",
  closes_at: "2026-12-24T09:00:00+08:00",
  valid_days: 30,
  face_fen: 2000,
  union_fen: 2000,
  min_spend_fen: 3000,
  limit_total: 2,
  stock: 10,
  budget_fen: 20000,
};

/** The stage of one file of tests. */
export function benefitsStage({ env = {}, ...options } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "yizhan-messages-"));
  const file = join(folder, "sent.jsonl");
  const stage = staffStage({ people: OFFICE, env: { YIZHAN__DELIVERY__FILE: file, ...env }, ...options });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Somebody of the office, to ask the interface as him. */
  let office;
  const asOffice = async () => {
    office ??= await stage.as("benefits");
    return office;
  };
  /** Writes something as the office, and gives the answer. */
  stage.write = async (method, path, body, version) => {
    const headers = { "idempotency-key": randomUUID(), ...(version ? { "if-match": `"v${version}"` } : {}) };
    if (method === "PATCH") headers["content-type"] = "application/merge-patch+json";
    const answer = await stage.api(await asOffice(), method, `/api/v1${path}`, body, headers);
    assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** A merchant with one store, a clerk who leads it, and an offer. */
  stage.merchant = async ({ name = "港城家常菜", phone = CLERK } = {}) => {
    const merchant = await stage.write("POST", "/merchants", { name, district: "130302" });
    const store = await stage.write("POST", `/merchants/${merchant.id}/stores`, {
      name: "文化路店",
      address: "文化路 1 号",
      lon: 119.6,
      lat: 39.94,
      hours: "Mo-Su 10:00-20:30",
    });
    await stage.write("POST", `/merchants/${merchant.id}/clerks`, {
      name: "刘店员",
      phone,
      store_id: store.id,
      is_lead: true,
    });
    await stage.write("POST", "/offers", {
      merchant_id: merchant.id,
      category: "food",
      title: "满30减20",
      rule: "凭券满 30 元减 20 元",
      shown: "voucher",
      valid_from: "2026-11-01",
      valid_until: "2026-12-31",
      is_public: true,
    });
    return { merchant, store };
  };
  stage.member = (more = {}) =>
    stage.write("POST", "/members", {
      name: "王小二",
      phone: MEMBER,
      union_name: "海港区快递行业工会",
      district: "130302",
      trade: "courier",
      ...more,
    });
  /** A campaign that runs. */
  stage.campaign = async (more = {}) => {
    const draft = await stage.write("POST", "/campaigns", { ...TERMS, ...more });
    await stage.write("POST", `/campaigns/${draft.id}/publish`, {}, draft.version);
    return draft;
  };
  /** How many messages to a number were read. */
  const read = {};
  /** The next code that was sent to a number. */
  stage.codeFor = async (phone) => {
    const messages = () => {
      const sent = readable(file).split("\n").slice(0, -1).map((line) => JSON.parse(line));
      return sent.filter(({ to }) => to === phone).slice(read[phone] ?? 0);
    };
    await web.until(() => messages().length > 0, `a code for ${phone}`);
    const [{ words }] = messages();
    read[phone] = (read[phone] ?? 0) + 1;
    // Only the words are searched: an id may hold six digits too.
    return /(?<!\d)\d{6}(?!\d)/.exec(words)[0];
  };
  /** Fills the sign-in of a phone. */
  stage.signInByPhone = async (page, phone) => {
    await page.getByLabel("手机号").fill(phone);
    await page.getByRole("button", { name: "发验证码" }).click();
    await page.getByLabel("短信里的 6 位数字").fill(await stage.codeFor(phone));
    await page.getByRole("button", { name: "登录", exact: true }).click();
  };
  return stage;
}

function readable(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
