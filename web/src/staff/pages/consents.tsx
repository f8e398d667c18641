// The texts that people agree to. A changed text is a new version; the old one stays as it was agreed to.

import { useEffect, useState } from "preact/hooks";
import { listConsents, publishConsent } from "../api";
import { moment } from "../format";
import { Button } from "../parts/button";
import { Text } from "../parts/field";
import { Head } from "../parts/head";
import { Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import type { Consent } from "../person";
import { say, w, wordIn } from "../words";

/** The screen of the consents. */
export function Consents() {
  const [items, setItems] = useState<readonly Consent[]>();
  const [draft, setDraft] = useState<{ kind: string; zh: string; en: string }>();
  const loading = useTask();
  const saving = useTask();
  const load = () => void loading.run(async () => setItems((await listConsents()).items));
  useEffect(load, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!draft) return;
    if (await saving.run(() => publishConsent(draft))) {
      setDraft(undefined);
      load();
    }
  };
  const faults = saving.failure?.faults;
  return (
    <>
      <Head title={w.nav.consents} note={w.consents.lead}>
        <Button icon="plus" onClick={() => setDraft({ kind: "", zh: "", en: "" })}>
          {w.consents.new}
        </Button>
      </Head>
      <Failure failure={loading.failure} onRetry={load} />
      {draft ? (
        <form class="panel form stack" onSubmit={submit}>
          <Failure failure={saving.failure} />
          <Text
            label={w.consents.kind}
            hint={w.consents.kind_hint}
            name="kind"
            value={draft.kind}
            onInput={(kind) => setDraft({ ...draft, kind })}
            faults={faults}
            max={40}
            required
          />
          <Text
            label={w.consents.zh}
            name="zh"
            value={draft.zh}
            onInput={(zh) => setDraft({ ...draft, zh })}
            faults={faults}
            lines={6}
            required
          />
          <Text
            label={w.consents.en}
            name="en"
            value={draft.en}
            onInput={(en) => setDraft({ ...draft, en })}
            faults={faults}
            lines={6}
            required
          />
          <div class="bar">
            <Button type="submit" busy={saving.busy}>
              {w.consents.publish}
            </Button>
            <Button look="quiet" onClick={() => setDraft(undefined)}>
              {w.common.cancel}
            </Button>
          </div>
        </form>
      ) : null}
      {!items && !loading.failure ? <Loading rows={4} /> : null}
      <div class="cards">
        {(items ?? []).map((consent) => (
          <article key={`${consent.kind}-${consent.version}`} class="panel form stack">
            <h2>
              {wordIn(w.consents.kinds, consent.kind)}{" "}
              <small>{say(w.history.version, consent.version)}</small>
            </h2>
            <p class="cap">{moment(consent.published)}</p>
            <p class="prose">{consent.zh}</p>
            <p class="prose" lang="en">
              {consent.en}
            </p>
            <Button
              look="quiet"
              icon="draw"
              onClick={() => setDraft({ kind: consent.kind, zh: consent.zh, en: consent.en })}
            >
              {w.consents.next}
            </Button>
          </article>
        ))}
      </div>
    </>
  );
}
