// At the top of the public list: how many vouchers whoever is signed in has, and the way to them.

import { useEffect, useState } from "preact/hooks";
import { listVouchers } from "../phone/api";
import { yuan } from "../phone/money";
import { useSession } from "../phone/session";
import type { Vouchers } from "../phone/types";
import { p, say } from "../phone/words";

/** The box. Somebody who is not signed in sees the way to the sign-in. */
export function Brief() {
  const { session } = useSession();
  const [page, setPage] = useState<Vouchers>();
  const isMember = Boolean(session?.member);
  useEffect(() => {
    if (isMember) listVouchers("issued").then(setPage, () => undefined);
  }, [isMember]);
  return (
    <a class="b-brief" href="/benefits/wallet">
      <b>{page ? say(p.wallet.live_count, { n: page.live }) : p.wallet.title}</b>
      <span>
        {page
          ? `${p.wallet.live} · ${say(p.common.yuan, { n: yuan(page.saved_fen_year) })} ${say(p.wallet.saved, { n: page.times_year })}`
          : p.sign_in.title}
      </span>
    </a>
  );
}
