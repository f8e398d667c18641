// What the pages of benefits do for somebody: his wallet, a claim, the till. Each is drawn in the place that the
// server's page leaves for it.

import "./styles/phone.css";
import { render } from "preact";
import { DrawCheck } from "./campaign/check";
import { ClaimPart } from "./campaign/claim";
import { OffersMap } from "./map/part";
import { Till } from "./till/till";
import { Brief } from "./wallet/brief";
import { Near } from "./wallet/near";
import { Wallet } from "./wallet/wallet";

/** Draws what the page has a place for. */
export function beginBenefits(main: HTMLElement): void {
  for (const place of main.querySelectorAll<HTMLElement>("[data-benefits]")) {
    const { benefits: name, id = "" } = place.dataset;
    const part = name === "map" ? mapOf(place) : partOf(name, id);
    if (!part) continue;
    place.replaceChildren();
    render(part, place);
  }
}

function partOf(name: string | undefined, id: string) {
  if (name === "wallet") return <Wallet />;
  if (name === "till") return <Till />;
  if (name === "brief") return <Brief />;
  if (name === "near") return <Near />;
  if (name === "claim") return <ClaimPart id={id} />;
  if (name === "check") return <DrawCheck id={id} />;
  return undefined;
}

/** The map of offers, around what the page states. */
function mapOf({ dataset }: HTMLElement) {
  return (
    <OffersMap
      basemap={dataset.basemap}
      lon={Number(dataset.lon)}
      lat={Number(dataset.lat)}
      isNear={dataset.near === "yes"}
      category={dataset.category ?? ""}
    />
  );
}
