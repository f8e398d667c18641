// By which ways one is told besides the inbox: addresses, channels for each group, the language of messages.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../staff/format";
import { Button } from "../staff/parts/button";
import { Dialog } from "../staff/parts/dialog";
import { Checks, Pick, Text } from "../staff/parts/field";
import { Done, Failure, Loading } from "../staff/parts/notes";
import { useTask } from "../staff/parts/task";
import { say, w } from "../staff/words";
import { type Channel, findSettings, GROUPS, type Settings, setSettings } from "./api";

const LANGUAGES = [
  { code: "zh-CN", word: "中文" },
  { code: "en", word: "English" },
];

/** The dialog. */
export function Ways({ onClose }: { onClose: () => void }) {
  const [settings, setKnown] = useState<Settings>();
  const task = useTask();
  const load = () => void task.run(async () => setKnown(await findSettings()));
  useEffect(load, []);
  return (
    <Dialog title={w.inbox.ways} onClose={onClose}>
      {settings ? (
        <Form settings={settings} />
      ) : task.failure ? (
        <Failure failure={task.failure} onRetry={load} />
      ) : (
        <Loading rows={4} />
      )}
    </Dialog>
  );
}

function Form({ settings }: { settings: Settings }) {
  const [now, setNow] = useState(settings);
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  const faults = task.failure?.faults;
  const change = (part: Partial<Settings>) => {
    setSaved(false);
    setNow((before) => ({ ...before, ...part }));
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const { mail, phone, channels, language } = now;
    const wish = { mail: mail || null, phone: phone || null, channels, language };
    setSaved(await task.run(async () => setNow(await setSettings(wish))));
  };
  const choices = settings.available.map((code) => ({ code, word: w.inbox.channels[code] }));
  return (
    <form class="stack" onSubmit={(event) => void save(event)}>
      <p>{w.inbox.ways_text}</p>
      <Failure failure={task.failure} />
      {isSaved ? <Done>{w.common.saved}</Done> : null}
      {choices.length === 0 ? <p class="note">{w.inbox.no_ways}</p> : null}
      <Text
        label={w.inbox.mail}
        name="mail"
        value={now.mail ?? ""}
        onInput={(mail) => change({ mail })}
        hint={now.mail_failed ? say(w.inbox.failed, moment(now.mail_failed)) : undefined}
        faults={faults}
        autocomplete="email"
        max={254}
      />
      <Text
        label={w.inbox.phone}
        name="phone"
        value={now.phone ?? ""}
        onInput={(phone) => change({ phone })}
        hint={now.phone_failed ? say(w.inbox.failed, moment(now.phone_failed)) : undefined}
        faults={faults}
        inputmode="tel"
        autocomplete="tel"
        max={30}
      />
      {choices.length > 0
        ? GROUPS.map((group) => (
            <Checks
              key={group}
              label={w.inbox.groups[group]}
              name={`channels.${group}`}
              values={now.channels[group] ?? []}
              choices={choices}
              onChange={(values) => change({ channels: { ...now.channels, [group]: values as Channel[] } })}
            />
          ))
        : null}
      <Pick
        label={w.inbox.language}
        name="language"
        value={now.language}
        choices={LANGUAGES}
        onPick={(language) => change({ language })}
      />
      <div class="bar end">
        <Button type="submit" busy={task.busy}>
          {w.common.save}
        </Button>
      </div>
    </form>
  );
}
