// What the reporter said: the words, the files, and the contact, which is revealed only for a written reason.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Ask } from "../../staff/parts/dialog";
import { Icon } from "../../staff/parts/icon";
import { districtName } from "../../staff/shell";
import { revealContact } from "../api";
import { Files } from "../parts/attach";
import { subjectName } from "../parts/known";
import { whenWords } from "../parts/time";
import { addressOf } from "../queue/filters";
import type { Case, Contact as Revealed } from "../types";
import { g, say, w } from "../words";

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
          subjectName(of.subject),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {of.text ? (
        <p class="prose">{of.text}</p>
      ) : (
        <p class="sealed">
          <Icon name="lock" />
          {of.erased ? g.case.erased_text : g.case.sealed_text}
        </p>
      )}
      <Files of={of.id} files={of.timeline.find(({ action }) => action === "submit")?.attachments} />
      <Contact of={of} />
      <Origin of={of} />
    </section>
  );
}

function Contact({ of }: { of: Case }) {
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<Revealed>();
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
          {shown.mail ? (
            <>
              {" "}
              <a href={`mailto:${shown.mail}`}>{shown.mail}</a>
            </>
          ) : null}
        </p>
      ) : (
        <p class="cap">{contact.there ? g.case.contact_there : g.case.contact_none}</p>
      )}
      {contact.there && contact.may_reveal && !shown ? (
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

/** Who took it down, and what it is about elsewhere. */
function Origin({ of }: { of: Case }) {
  return (
    <>
      {of.entered_by ? (
        <p class="cap">{say(g.case.entered_by, { name: of.entered_by.name ?? w.people.erased })}</p>
      ) : null}
      {of.parent ? (
        <p class="cap">
          <a href={addressOf({ view: "everything", number: of.parent })}>
            {say(g.case.parent, { number: of.parent })}
          </a>
        </p>
      ) : null}
      {of.station_id ? (
        <p class="cap">
          <a href={`/staff?station=${of.station_id}`}>{g.case.about_station}</a>
        </p>
      ) : null}
      {of.report_number ? <p class="cap">{say(g.case.about_report, { number: of.report_number })}</p> : null}
      {of.session_id ? (
        <p class="cap">
          <a href={`/grievances/sessions/${of.session_id}`}>{g.case.about_session}</a>
        </p>
      ) : null}
    </>
  );
}
