// Where this phone is, where its clerk allowed that: the service keeps only how far that is from the store.

/** Where it is remembered that it is allowed. */
const NAME = "yizhan-till-position";
/** How long a position is waited for, and how old it may be, in milliseconds. */
const PATIENCE_MS = 3000;
const OLD_MS = 300_000;

/** Whether the position goes along. */
export function isSharing(): boolean {
  try {
    return localStorage.getItem(NAME) === "yes";
  } catch {
    return false;
  }
}

/** Lets the position go along from now on, or not. */
export function setSharing(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(NAME, "yes");
    else localStorage.removeItem(NAME);
  } catch {
    // A browser that keeps nothing asks anew next time.
  }
}

/** The position to three decimals, about a hundred metres; nothing where it is not known in time. */
export function position(): Promise<{ lat: number; lon: number } | undefined> {
  if (!isSharing() || !navigator.geolocation) return Promise.resolve(undefined);
  const round = (degrees: number) => Math.round(degrees * 1000) / 1000;
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: round(coords.latitude), lon: round(coords.longitude) }),
      () => resolve(undefined),
      { timeout: PATIENCE_MS, maximumAge: OLD_MS },
    );
  });
}
