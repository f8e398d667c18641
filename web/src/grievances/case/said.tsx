// What the reporter said: the words, the files, and the contact, which is revealed only for a written reason.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Ask } from "../../staff/parts/dialog";
import { Icon } from "../../staff/parts/icon";
import { districtName } from "../../staff/shell";
import { revealContact } from "../api";
import { Files } from "../parts/attach";
import { whenWords } from "../parts/time";
import type { Case } from "../types";
import { g } from "../words";

/** The panel. */
export function Said({ of }: { of: Case }) {
  return (
    <section class="panel pad stack said">
      <h2>{of.summary || g.case.said}</h2>
      <p class="cap">
        {[
          g.channels[of.channel] ?? of.channel,
          g.kinds[of.kind] ?? of.kind,
          whenWords(of.received),
          of.district ? districtName(of.district) : "",
          of.unit,
          typeof of.subject === "string" ? of.subject : of.subject?.name,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {of.text ? (
        <p class="prose">{of.text}</p>
      ) : (
        <p class="sealed">
          <Icon name="lock" />
          {g.case.sealed_text}
        </p>
      )}
      <Files of={of.id} files={of.attachments} />
      <Contact of={of} />
    </section>
  );
}

function Contact({ of }: { of: Case }) {
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<{ name?: string | null; phone?: string | null }>();
  const { contact, identity } = of;
  return (
    <div class="contact">
      <p>
        <Icon name={identity === "anonymous" ? "nophone" : identity === "confidential" ? "lock" : "user"} />
        <b>{g.identities[identity] ?? identity}</b> <span class="cap">{g.identity_hints[identity]}</span>
      </p>
      {shown ? (
        <p role="status">
          {shown.name || g.case.no_name}
          {shown.phone ? (
            <>
              {" "}
              <a href={`tel:${shown.phone}`}>{shown.phone}</a>
            </>
          ) : null}
        </p>
      ) : (
        <p>{contact?.masked ?? null}</p>
      )}
      {contact?.may_reveal && !shown ? (
        <Button look="quiet small" icon="lock" onClick={() => setAsking(true)}>
          {g.case.reveal}
        </Button>
      ) : null}
      {isAsking ? (
        <Ask
          question={{
            title: g.case.reveal,
            text: <p>{g.case.reveal_text}</p>,
            go: g.case.reveal_go,
            reason: "must",
            run: async (reason) => setShown(await revealContact(of.id, reason)),
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}
