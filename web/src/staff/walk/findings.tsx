// What has to be put right, as it is written down at the station: kind, words, a picture, the last day.

import { useEffect, useState } from "preact/hooks";
import { day } from "../format";
import { Button } from "../parts/button";
import { Check, Pick, Text } from "../parts/field";
import { Icon } from "../parts/icon";
import { KINDS, type SheetStation } from "../rounds/api";
import { say, w } from "../words";
import type { FindingForm } from "./form";
import { small } from "./photo";

interface Props {
  readonly station: SheetStation;
  readonly findings: readonly FindingForm[];
  /** The days that may be chosen for putting it right. */
  readonly days: readonly string[];
  readonly onChange: (findings: readonly FindingForm[]) => void;
}

/** All of them, and the way to one more. */
export function Findings({ station, findings, days, onChange }: Props) {
  const blank: FindingForm = {
    kind: "facility",
    facility: "",
    text: "",
    due: days[2] ?? days[0] ?? "",
    broken: false,
  };
  return (
    <section class="found">
      <h2>{w.rounds.found}</h2>
      {findings.map((finding, i) => (
        <fieldset key={i}>
          <legend>{say(w.rounds.finding_n, i + 1)}</legend>
          <One
            station={station}
            finding={finding}
            days={days}
            onChange={(next) => onChange(findings.map((f, at) => (at === i ? next : f)))}
          />
          <Button look="plain bad" onClick={() => onChange(findings.filter((_, at) => at !== i))}>
            {w.common.remove}
          </Button>
        </fieldset>
      ))}
      <Button look="quiet" icon="plus" onClick={() => onChange([...findings, blank])}>
        {w.rounds.add_finding}
      </Button>
    </section>
  );
}

interface OneProps {
  readonly station: SheetStation;
  readonly finding: FindingForm;
  readonly days: readonly string[];
  readonly onChange: (finding: FindingForm) => void;
}

function One({ station, finding, days, onChange }: OneProps) {
  const put = (patch: Partial<FindingForm>) => onChange({ ...finding, ...patch });
  return (
    <div class="stack">
      <Pick
        label={w.rounds.kind}
        name="kind"
        value={finding.kind}
        choices={KINDS.map((code) => ({ code, word: w.rounds.kinds[code] }))}
        onPick={(kind) => put({ kind: kind as FindingForm["kind"] })}
      />
      {finding.kind === "facility" ? (
        <>
          <Pick
            label={w.rounds.which}
            name="facility"
            value={finding.facility}
            none={w.rounds.none_of_them}
            choices={station.facilities}
            onPick={(facility) => put({ facility, broken: facility !== "" && finding.broken })}
          />
          <Check
            label={w.rounds.mark_broken}
            on={finding.broken}
            disabled={finding.facility === ""}
            onChange={(broken) => put({ broken })}
          />
        </>
      ) : null}
      <Text
        label={w.rounds.what}
        name="text"
        value={finding.text}
        onInput={(text) => put({ text })}
        lines={2}
        max={500}
      />
      <Pick
        label={w.rounds.due}
        name="due"
        value={finding.due}
        choices={[...new Set([...days, finding.due].filter(Boolean))]
          .sort()
          .map((code) => ({ code, word: day(`${code}T12:00:00+08:00`) }))}
        onPick={(due) => put({ due })}
      />
      <Photo photo={finding.photo} onChoose={(photo) => onChange(withPhoto(finding, photo))} />
    </div>
  );
}

function withPhoto(
  { photo: _photo, upload: _upload, ...rest }: FindingForm,
  photo: Blob | undefined,
): FindingForm {
  return photo ? { ...rest, photo } : rest;
}

function Photo({
  photo,
  onChoose,
}: {
  photo: Blob | undefined;
  onChoose: (photo: Blob | undefined) => void;
}) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    if (!photo) return setUrl("");
    const made = URL.createObjectURL(photo);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return (
    <div class="photo">
      <label class="btn quiet">
        <Icon name="upload" />
        {photo ? w.rounds.other_photo : w.rounds.photo}
        <input
          class="vh"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void small(file).then(onChoose);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {url ? (
        <>
          <img src={url} alt={w.rounds.photo_alt} />
          <Button look="plain bad" onClick={() => onChoose(undefined)}>
            {w.rounds.no_photo}
          </Button>
        </>
      ) : null}
    </div>
  );
}
