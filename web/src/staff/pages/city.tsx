// What the city says of itself: the union, its hotline, and how many steps lead to the public.

import { useEffect, useState } from "preact/hooks";
import { changeCity, readCity } from "../api";
import type { Fault } from "../http";
import { Button } from "../parts/button";
import { faultsOf, Pick, Text } from "../parts/field";
import { Head } from "../parts/head";
import { Done, Failure, Loading } from "../parts/notes";
import { useTask } from "../parts/task";
import { APPROVALS, type Approval, type CityFacts, type CitySetting } from "../person";
import { renewSession } from "../session";
import { w } from "../words";

const TEXTS = ["union_name", "name_zh", "name_en", "hotline"] as const;

interface Props {
  readonly value: CityFacts;
  readonly onChange: (value: CityFacts) => void;
  readonly faults: readonly Fault[] | undefined;
  /** Where the fields are in what is sent. */
  readonly within?: string;
}

/** The fields of the city. */
export function CityFields({ value, onChange, faults, within }: Props) {
  const own = (name: string) => [
    ...faultsOf(faults, name),
    ...(within ? faultsOf(faults, `${within}.${name}`).map((fault) => ({ ...fault, field: name })) : []),
  ];
  return (
    <>
      {TEXTS.map((name) => (
        <Text
          key={name}
          label={w.fields[name]}
          name={name}
          value={value[name]}
          onInput={(text) => onChange({ ...value, [name]: text })}
          faults={own(name)}
          required
        />
      ))}
      <Pick
        label={w.fields.approval}
        hint={w.city.approval_hint}
        name="approval"
        value={value.approval}
        choices={APPROVALS.map((code) => ({ code, word: w.city.approvals[code] }))}
        onPick={(code) => onChange({ ...value, approval: code as Approval })}
        faults={own("approval")}
      />
    </>
  );
}

/** The screen of the city's settings. */
export function City() {
  const [setting, setSetting] = useState<CitySetting>();
  const [value, setValue] = useState<CityFacts>();
  const [isDone, setDone] = useState(false);
  const task = useTask();
  const load = () =>
    void task.run(async () => {
      const read = await readCity();
      setSetting(read);
      setValue(read);
    });
  useEffect(load, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!setting || !value) return;
    setDone(false);
    await task.run(async () => {
      const { union_name, name_zh, name_en, hotline, approval } = value;
      const next = await changeCity(setting.version, { union_name, name_zh, name_en, hotline, approval });
      setSetting(next);
      setValue(next);
      setDone(true);
      await renewSession();
    });
  };
  return (
    <>
      <Head title={w.nav.city} />
      {value ? (
        <form class="panel form stack" onSubmit={submit}>
          <Failure failure={task.failure} {...(task.failure?.status === 412 ? { onRetry: load } : {})} />
          {isDone ? <Done>{w.common.saved}</Done> : null}
          <CityFields value={value} onChange={setValue} faults={task.failure?.faults} />
          <Button type="submit" busy={task.busy}>
            {w.common.save}
          </Button>
        </form>
      ) : task.failure ? (
        <Failure failure={task.failure} onRetry={load} />
      ) : (
        <Loading rows={5} />
      )}
    </>
  );
}
