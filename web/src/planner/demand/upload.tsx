// Bringing a file: what is said of it, a trial that writes nothing, what was found, and only then the writing.

import { useState } from "preact/hooks";
import type { Datum } from "../../datum";
import { Button } from "../../staff/parts/button";
import { Pick, Text } from "../../staff/parts/field";
import { Icon } from "../../staff/parts/icon";
import { useTask } from "../../staff/parts/task";
import { terms } from "../../staff/shell";
import { type Brought, bring, type Mapping, SERVICE_POINTS } from "../api";
import type { Layer, ServiceLayer } from "../types";
import { count, p, say, w } from "../words";
import { Columns } from "./columns";
import { Found, Refused } from "./found";

/** The kinds of file that are read. */
const ACCEPTED = ".xlsx,.csv,.txt,.geojson,.json";
const SYSTEMS: readonly Datum[] = ["wgs84", "gcj02", "bd09"];

/** What is said of a file. */
interface Said {
  readonly code: string;
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly as_of: string;
  readonly note: string;
  readonly crs: string;
  readonly trade: string;
}

/** The options of an upload: what is empty is left out. */
export function optionsOf(
  said: Said,
  isService: boolean,
  isTrial: boolean,
  mapping: Mapping = {},
): Record<string, unknown> {
  const { note, trade, ...both } = said;
  const own = isService ? both : { ...both, note, trade };
  const told = Object.entries(own).map(([name, text]) => [name, text.trim()] as const);
  return {
    ...Object.fromEntries(told.filter(([, text]) => text !== "")),
    ...(Object.keys(mapping).length > 0 ? { mapping } : {}),
    ...(isTrial ? { dry_run: true } : {}),
  };
}

interface Props {
  readonly path: string;
  /** The layer that a new file takes the place of. */
  readonly replaced: Layer | ServiceLayer | undefined;
  readonly onDone: (text: string) => void;
  readonly onBack: () => void;
}

/** The form, and what came of the trial. */
export function Upload({ path, replaced, onDone, onBack }: Props) {
  const isService = path === SERVICE_POINTS;
  const [said, setSaid] = useState<Said>({
    code: replaced?.code ?? (isService ? "" : "default"),
    name: replaced?.name ?? "",
    source: replaced?.source ?? "",
    licence: replaced?.licence ?? "",
    as_of: replaced?.as_of ?? "",
    note: replaced && "note" in replaced ? replaced.note : "",
    crs: "wgs84",
    trade: "",
  });
  const [file, setFile] = useState<File>();
  const [tried, setTried] = useState<Brought>();
  const [mapping, setMapping] = useState<Mapping>({});
  /** Whether something was said anew since the trial. */
  const [isOver, setOver] = useState(false);
  const task = useTask();
  const put = (name: keyof Said) => (text: string) => {
    setSaid((before) => ({ ...before, [name]: text }));
    setOver(true);
  };
  const mustTry = tried === undefined || isOver;
  const send = async (isTrial: boolean) => {
    if (!file) return;
    await task.run(async () => {
      const brought = await bring(path, file, optionsOf(said, isService, isTrial, mapping));
      if (isTrial) {
        setTried(brought);
        setOver(false);
      } else onDone(say(p.upload.written, { name: brought.layer.name, points: count(brought.points) }));
    });
  };
  const faults = task.failure?.faults;
  const field = (name: "name" | "source" | "licence" | "as_of" | "code", more: object = {}) => (
    <Text
      label={p.demand[name]}
      name={name}
      value={said[name]}
      onInput={put(name)}
      max={name === "code" ? 40 : 200}
      faults={faults}
      {...more}
    />
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send(mustTry);
      }}
    >
      <p>{isService ? p.services.lead : p.upload.lead}</p>
      <label class="file">
        <span>{p.upload.file}</span>
        <input
          type="file"
          name="file"
          accept={ACCEPTED}
          required
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            setTried(undefined);
            setMapping({});
            task.clear();
          }}
        />
      </label>
      <div class="two">
        {field("name", isService ? { required: true } : {})}
        {field("code", {
          required: true,
          hint: p.upload.code_hint,
          readonly: replaced !== undefined,
        })}
        {field("source", { hint: p.upload.source_hint })}
        {field("as_of")}
        {field("licence")}
        <Pick
          label={p.upload.crs}
          name="crs"
          value={said.crs}
          choices={SYSTEMS.map((code) => ({ code, word: w.imports.systems[code].pick }))}
          onPick={put("crs")}
          faults={faults}
        />
      </div>
      {isService ? null : (
        <>
          <Pick
            label={p.upload.trade}
            name="trade"
            value={said.trade}
            none={p.upload.no_trade}
            choices={terms("trade")}
            onPick={put("trade")}
            faults={faults}
          />
          <Text
            label={p.demand.note}
            name="note"
            value={said.note}
            onInput={put("note")}
            lines={2}
            max={1000}
            faults={faults}
          />
        </>
      )}
      {task.failure ? <Refused failure={task.failure} /> : null}
      {tried && !task.failure ? <Found brought={tried} /> : null}
      {tried?.columns ? (
        <Columns
          columns={tried.columns}
          mapping={mapping}
          isService={isService}
          onChange={(next) => {
            setMapping(next);
            setOver(true);
          }}
        />
      ) : null}
      <div class="bar end wrap">
        <Button look="quiet" onClick={onBack}>
          {p.upload.back}
        </Button>
        <Button type="submit" busy={task.busy} disabled={!file}>
          {mustTry ? p.upload.try : p.upload.write}
        </Button>
      </div>
      {replaced && !mustTry ? (
        <p class="cap">
          <Icon name="info" /> {say(p.upload.replaces, replaced.name)}
        </p>
      ) : null}
    </form>
  );
}
