// The screen of imports: the list of them, or the one that the address names.

import { here } from "../route";
import { ImportList } from "./list";
import { Wizard } from "./wizard";

/** The screen. */
export function Imports() {
  const [, , , id = ""] = here.value.pathname.split("/");
  return id ? <Wizard key={id} id={decodeURIComponent(id)} /> : <ImportList />;
}
