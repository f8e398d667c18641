// The layers of demand and of service points that there are.

import { signal } from "@preact/signals";
import type { Refusal } from "../staff/http";
import { refusalOf } from "../staff/parts/task";
import { listDemand, listServiceLayers } from "./api";
import { layers, serviceLayers } from "./store";

/** Why the layers are not known. */
export const layersFailure = signal<Refusal | undefined>(undefined);

/** Asks which layers there are. */
export function load(): void {
  layersFailure.value = undefined;
  Promise.all([listDemand(), listServiceLayers()]).then(
    ([demand, services]) => {
      layers.value = demand.items;
      serviceLayers.value = services.items;
    },
    (cause: unknown) => {
      layersFailure.value = refusalOf(cause);
    },
  );
}
