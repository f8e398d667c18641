// The inbox: what one was told, the newest first, read one by one or all at once.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../staff/format";
import { Button } from "../staff/parts/button";
import { Head } from "../staff/parts/head";
import { Failure, Loading, Nothing } from "../staff/parts/notes";
import { useTask } from "../staff/parts/task";
import { w, wordIn } from "../staff/words";
import { listNotices, type Notice, readNotice, readUpTo } from "./api";
import { unread } from "./bell";
import { Ways } from "./ways";

/** The screen. */
export function Inbox() {
  const [isUnread, setUnread] = useState(false);
  const [rows, setRows] = useState<readonly Notice[]>();
  const [next, setNext] = useState<string | null>(null);
  const [isSetting, setSetting] = useState(false);
  const task = useTask();
  const load = (cursor?: string | null) =>
    void task.run(async () => {
      const page = await listNotices({ unread: isUnread, cursor: cursor ?? null });
      setRows((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
      setNext(page.next);
      unread.value = page.unread;
    });
  useEffect(() => {
    setRows(undefined);
    load();
  }, [isUnread]);
  const seen = (known: (notice: Notice) => boolean) =>
    setRows((before) => before?.map((row) => (known(row) ? { ...row, read: true } : row)));
  const read = async (notice: Notice) => {
    await readNotice(notice.id);
    if (!notice.read) unread.value = Math.max(0, unread.value - 1);
    seen((row) => row.id === notice.id);
  };
  const newest = rows?.[0];
  const readAll = () =>
    void task.run(async () => {
      if (!newest) return;
      unread.value = (await readUpTo(newest.id)).unread;
      seen(() => true);
    });
  return (
    <>
      <Head title={w.inbox.title} note={w.inbox.lead}>
        <Button look="quiet" icon="check" disabled={unread.value === 0} onClick={readAll}>
          {w.inbox.read_all}
        </Button>
        <Button look="quiet" icon="bell" onClick={() => setSetting(true)}>
          {w.inbox.ways}
        </Button>
      </Head>
      <div class="chips">
        {[false, true].map((only) => (
          <button
            key={String(only)}
            type="button"
            class={only === isUnread ? "chip on" : "chip"}
            aria-pressed={only === isUnread}
            onClick={() => setUnread(only)}
          >
            {only ? w.inbox.unread : w.inbox.all}
          </button>
        ))}
      </div>
      <Failure failure={task.failure} onRetry={() => load()} />
      <section class="panel">
        {!rows && !task.failure ? <Loading rows={5} /> : null}
        {rows?.length === 0 ? (
          <Nothing title={isUnread ? w.inbox.none_unread : w.inbox.none} icon="bell">
            <p>{w.inbox.none_text}</p>
          </Nothing>
        ) : null}
        {rows && rows.length > 0 ? (
          <ul class="inbox">
            {rows.map((notice) => (
              <Row key={notice.id} notice={notice} onRead={() => read(notice)} />
            ))}
          </ul>
        ) : null}
        {next ? (
          <div class="pages">
            <Button look="quiet" busy={task.busy} onClick={() => load(next)}>
              {w.common.more}
            </Button>
          </div>
        ) : null}
      </section>
      {isSetting ? <Ways onClose={() => setSetting(false)} /> : null}
    </>
  );
}

function Row({ notice, onRead }: { notice: Notice; onRead: () => Promise<void> }) {
  const { link, text, at, read, group } = notice;
  const task = useTask();
  const follow = async (event: MouseEvent) => {
    if (read || !link) return;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    // A page that is left cuts its requests off, so the mark comes before the way.
    if (isPlain) event.preventDefault();
    await task.run(onRead);
    if (isPlain) location.assign(link);
  };
  return (
    <li class={read ? undefined : "new"}>
      <p>
        {read ? null : <span class="vh">{w.inbox.unread} </span>}
        {link ? (
          <a href={link} onClick={(event) => void follow(event)}>
            {text}
          </a>
        ) : (
          text
        )}
        <small>
          {wordIn(w.inbox.groups, group)} · {moment(at)}
        </small>
      </p>
      {read ? null : (
        <Button
          look="plain small"
          busy={task.busy}
          label={`${w.inbox.read}${w.common.colon}${text}`}
          onClick={() => void task.run(onRead)}
        >
          {w.inbox.read}
        </Button>
      )}
    </li>
  );
}
