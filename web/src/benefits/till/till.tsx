// The till of a merchant's clerk: redeeming, the day's list, and for the merchant's lead the statement.

import { useState } from "preact/hooks";
import { Leaving } from "../phone/leaving";
import { Note } from "../phone/parts";
import { Gate, type Signed } from "../phone/session";
import { p, say } from "../phone/words";
import { scannedCode } from "./code";
import { DayList } from "./day";
import { Redeem } from "./redeem";
import { Statement } from "./statement";

const PARTS = ["redeem", "day", "statement"] as const;
type Part = (typeof PARTS)[number];

/** The code that a phone's own camera brought along. It leaves the address, where it would stay in the history. */
function broughtCode(): string {
  const code = scannedCode(location.hash.slice(1)) ?? "";
  if (code) history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}

/** The page. */
export function Till() {
  const [code] = useState(broughtCode);
  return (
    <Gate title={p.till.title} lead={p.sign_in.lead_clerk}>
      {(signed) => <Clerk {...signed} brought={code} />}
    </Gate>
  );
}

function Clerk({ brought, ...signed }: Signed & { brought: string }) {
  const [part, setPart] = useState<Part>("redeem");
  const { clerk } = signed.session;
  if (!clerk) {
    return (
      <>
        <div class="say">
          <h1>{p.till.title}</h1>
        </div>
        <Note title={p.till.not_clerk} icon="info">
          <p>{p.till.not_clerk_text}</p>
        </Note>
        <nav class="ways">
          <a class="btn quiet wide" href="/benefits/wallet">
            {p.till.to_wallet}
          </a>
          <Leaving {...signed} />
        </nav>
      </>
    );
  }
  const parts = PARTS.filter((name) => name !== "statement" || clerk.is_lead);
  return (
    <>
      <header class="b-head">
        <h1>{p.till.title}</h1>
        <p class="cap">{say(p.till.at, { merchant: clerk.merchant.name, store: clerk.store.name })}</p>
      </header>
      <fieldset class="chips" aria-label={p.till.parts}>
        {parts.map((name) => (
          <button
            key={name}
            type="button"
            class={name === part ? "chip on" : "chip"}
            aria-pressed={name === part}
            onClick={() => setPart(name)}
          >
            {p.till[name]}
          </button>
        ))}
      </fieldset>
      {part === "redeem" ? <Redeem brought={brought} /> : null}
      {part === "day" ? <DayList /> : null}
      {part === "statement" ? <Statement /> : null}
      <nav class="ways">
        <Leaving {...signed} />
      </nav>
    </>
  );
}
