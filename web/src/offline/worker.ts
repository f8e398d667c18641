// Starts the service worker, offers its new versions, and a place on the home screen.

import { element } from "../element";
import type { Words } from "../words";
import { whenLoaded } from "./load";

/** Chromium's offer to install the page; other browsers have it in their menus. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Registers the service worker where the browser has one. Without one the page goes on as it is. */
export function registerWorker(words: Words): void {
  whenLoaded(() => void register(words).catch(() => undefined));
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offerHome(event as InstallOffer, words);
  });
}

async function register(words: Words): Promise<void> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container || !isSecureContext) return;
  const registration = await container.register("/sw.js", { updateViaCache: "none" });
  // The very first version waits as well, for a moment, but nothing older is in use.
  const offer = () => {
    if (registration.waiting && registration.active) offerUpdate(registration.waiting, words);
  };
  offer();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void registration.update().catch(() => undefined);
  });
}

/** A new version waits until it is wanted, or until no page of the old one is open. */
function offerUpdate(waiting: ServiceWorker, words: Words): void {
  document.querySelector(".update")?.remove();
  const button = element("button", "btn quiet");
  button.type = "button";
  button.textContent = words.new_version;
  button.addEventListener("click", () => {
    button.disabled = true;
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") location.reload();
    });
    waiting.postMessage("take over");
  });
  const status = element("div", "update");
  status.setAttribute("role", "status");
  status.append(button);
  document.body.append(status);
}

function offerHome(offer: InstallOffer, words: Words): void {
  const button = element("button", "btn plain install");
  button.type = "button";
  button.textContent = words.add_to_home;
  button.addEventListener("click", () => {
    button.remove();
    void offer.prompt();
  });
  // On a line of its own below the others, so that nothing moves when it comes.
  document.querySelector("footer.end")?.append(button);
}
