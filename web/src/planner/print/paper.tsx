// The plan on paper: what was asked, the figures with what they are made of, the maps, the hours, what could be done,
// and how each figure is computed. The map can still be moved before it is printed.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { day } from "../../staff/format";
import { Button } from "../../staff/parts/button";
import { Head } from "../../staff/parts/head";
import { here } from "../../staff/route";
import { now_ms } from "../../staff/shell";
import { Maps } from "../map/maps";
import { picture, written } from "../map/pictures";
import { Trouble } from "../parts/said";
import { answers, follow, sides, standIn } from "../store";
import { p, say } from "../words";
import { ExtensionRows, FigureRows, GapRows, Hours, Methods } from "./tables";

/** Paper is white whatever the screen is. */
function useDaylight(): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const before = root.dataset.theme;
    root.dataset.theme = "light";
    return () => {
      if (before) root.dataset.theme = before;
      else delete root.dataset.theme;
    };
  }, []);
}

/** The picture of the maps as they were last drawn. */
function usePicture(): readonly [string | undefined, () => void] {
  const [address, setAddress] = useState<string>();
  const turn = useRef(0);
  useEffect(() => () => URL.revokeObjectURL(address ?? ""), [address]);
  const renew = () => {
    // While paper is laid out the map has no room of its own; what was on the screen is printed.
    if (matchMedia("print").matches) return;
    const own = ++turn.current;
    picture().then(
      // Pictures are written beside each other; an older one that takes longer counts no more.
      ({ blob }) => {
        if (own === turn.current) setAddress(URL.createObjectURL(blob));
      },
      (cause: unknown) => console.error(cause),
    );
  };
  return [address, renew];
}

/** The page. */
export function Paper() {
  useDaylight();
  useEffect(() => follow({ isPaper: true }), []);
  const [address, renew] = usePicture();
  const { title, lines, foot } = written();
  const layer = standIn.value;
  return (
    <main class="paper">
      <div class="off-paper">
        <Head title={p.print.title} brand={p.nav.title}>
          <a class="btn quiet" href={`/planner${here.value.search}`}>
            {p.print.back}
          </a>
          <Button icon="print" onClick={() => print()}>
            {p.print.go}
          </Button>
        </Head>
        {sides.value.map((which) => (
          <Trouble key={which} asked={answers[which].coverage} />
        ))}
      </div>
      <article class="sheet">
        <h2>{title}</h2>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="cap">{say(p.print.made, day(now_ms()))}</p>
        {layer ? (
          <p class="stand-in-note note">
            <b>{p.stand_in.title}</b> {layer.note}
          </p>
        ) : null}
        <FigureRows />
        <div class="paper-maps off-paper">
          <Maps onDrawn={renew} />
        </div>
        {address ? <img class="only-print" src={address} alt={title} /> : null}
        <Hours />
        <ExtensionRows />
        <GapRows />
        <Methods />
        <p class="cap">{foot}</p>
      </article>
    </main>
  );
}
