// A position by hand for a row without one, or with a wrong one: a pin on the map, or numbers in any system.

import { useState } from "preact/hooks";
import { geodesic_m } from "../../offline/geodesy";
import { Coordinates } from "../editor/coordinates";
import { DraftMap } from "../editor/draft-map";
import { districtAt, type Place, roundedPlace } from "../editor/position";
import { distance } from "../format";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { Failure } from "../parts/notes";
import { useTask } from "../parts/task";
import { say, w } from "../words";

interface Props {
  readonly title: string;
  /** What is known of where it is: the address. */
  readonly address: string | null;
  readonly district: string | null;
  /** Where it is now, if anywhere. */
  readonly before: Place | undefined;
  readonly go: string;
  readonly onPin: (place: Place) => Promise<unknown>;
  readonly onClose: () => void;
}

/** The dialog. */
export function PinDialog({ title, address, district, before, go, onPin, onClose }: Props) {
  const [pin, setPin] = useState<Place | undefined>(before);
  const task = useTask();
  const move = (place: Place) => setPin(roundedPlace(place));
  const found = pin ? districtAt(pin) : undefined;
  const isMoved = pin && before && (pin.lat !== before.lat || pin.lon !== before.lon);
  const put = () =>
    void task
      .run(async () => {
        if (pin) await onPin(pin);
      })
      .then((isDone) => isDone && onClose());
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div class="stack pinning">
        {address ? (
          <p class="quote">
            {w.imports.pin.address}
            {w.common.colon}
            <b>{address}</b>
          </p>
        ) : null}
        <div class="mapbox">
          <DraftMap
            shown={{
              pin,
              before: isMoved ? before : undefined,
              entrance: undefined,
              door: "closed",
              isLocked: false,
              id: "",
              placing: "pin",
            }}
            told={{ pin: move, entrance: move }}
          />
          <p class="hint over">{pin ? w.place.drag : w.place.click}</p>
        </div>
        <Coordinates place={pin} onChange={move} isLocked={false} />
        <p class="cap" role="status">
          {isMoved ? `${say(w.place.moved, distance(geodesic_m(before, pin)))}${w.common.semicolon}` : null}
          {pin ? (
            <span class={found && (!district || found.adcode === district) ? "fine" : "mid"}>
              <Icon name={found ? "pin" : "warn"} />
              {found ? say(w.imports.pin.inside, found.name) : w.place.nowhere}
            </span>
          ) : null}
        </p>
        <Failure failure={task.failure} />
        <div class="bar end">
          <Button look="quiet" onClick={onClose}>
            {w.common.cancel}
          </Button>
          <Button icon="pin" disabled={!pin} busy={task.busy} onClick={put}>
            {go}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
