// The picture of the camera with its frame, while a code is looked for.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Note } from "../phone/parts";
import { p } from "../phone/words";
import { hasCamera, scan } from "./scan";

/** Looks for a code; `onCode` hears it, `onStop` that it is no longer wanted. */
export function Scanner({ onCode, onStop }: { onCode: (code: string) => void; onStop: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(!hasCamera());
  useEffect(() => {
    if (!video.current || !hasCamera()) return;
    const ending = new AbortController();
    scan(video.current, ending.signal).then(
      (code) => code && onCode(code),
      () => ending.signal.aborted || setRefused(true),
    );
    return () => ending.abort();
  }, []);
  return (
    <div class="b-scan">
      {isRefused ? (
        <Note title={p.till.camera_no} icon="info" />
      ) : (
        <>
          <video ref={video} muted playsInline aria-label={p.till.scanning} />
          <p role="status">{p.till.scanning}</p>
        </>
      )}
      <Button look="quiet wide" onClick={onStop}>
        {p.till.stop}
      </Button>
    </div>
  );
}
