// The layers of demand and of service points: where each comes from, which one is used, and for whoever may, bringing,
// changing and removing them.

import { useState } from "preact/hooks";
import { Button } from "../../staff/parts/button";
import { Ask, Dialog, type Question } from "../../staff/parts/dialog";
import { Icon } from "../../staff/parts/icon";
import { Done, Failure, Loading } from "../../staff/parts/notes";
import { may } from "../../staff/session";
import { wordOf } from "../../staff/shell";
import { DEMAND, removeLayer, SERVICE_POINTS } from "../api";
import { layersFailure, load } from "../layers";
import { Provenance } from "../parts/method";
import { answers, change, demand, layers, serviceLayers } from "../store";
import type { Layer, ServiceLayer } from "../types";
import { count, p, say } from "../words";
import { Edit } from "./edit";
import { Upload } from "./upload";

/** What is done in the drawer. */
type Doing =
  | { readonly what: "list" }
  | { readonly what: "edit"; readonly layer: Layer }
  | { readonly what: "bring"; readonly path: string; readonly replaced?: Layer | ServiceLayer };

/** Asks anew what was answered from layers that are no more. */
function renew(): void {
  load();
  for (const of of [answers.a, answers.b]) for (const asked of Object.values(of)) asked.again();
}

/** The drawer. */
export function Demand({ onClose }: { onClose: () => void }) {
  const [doing, setDoing] = useState<Doing>({ what: "list" });
  const [said, setSaid] = useState("");
  const [question, setQuestion] = useState<Question>();
  const list = () => setDoing({ what: "list" });
  const done = (text: string) => {
    renew();
    setSaid(text);
    list();
  };
  const remove = (path: string, layer: Layer | ServiceLayer) =>
    setQuestion({
      title: say(p.demand.remove_title, layer.name),
      text: <p>{p.demand.remove_text}</p>,
      go: p.demand.remove,
      reason: "no",
      run: async () => {
        await removeLayer(path, layer);
        change({ demand: "" });
        done(say(p.demand.removed, layer.name));
      },
    });
  return (
    <Dialog
      title={doing.what === "bring" && doing.path === SERVICE_POINTS ? p.services.title : p.demand.title}
      onClose={onClose}
      wide
    >
      <div class="stack drawer">
        {said && doing.what === "list" ? <Done>{said}</Done> : null}
        {doing.what === "list" ? (
          <List
            onEdit={(layer) => setDoing({ what: "edit", layer })}
            onBring={(path, replaced) => {
              setSaid("");
              setDoing({ what: "bring", path, ...(replaced ? { replaced } : {}) });
            }}
            onRemove={remove}
          />
        ) : null}
        {doing.what === "edit" ? <Edit layer={doing.layer} onDone={done} onBack={list} /> : null}
        {doing.what === "bring" ? (
          <Upload path={doing.path} replaced={doing.replaced} onDone={done} onBack={list} />
        ) : null}
      </div>
      {question ? <Ask question={question} onClose={() => setQuestion(undefined)} /> : null}
    </Dialog>
  );
}

interface ListProps {
  readonly onEdit: (layer: Layer) => void;
  readonly onBring: (path: string, replaced?: Layer | ServiceLayer) => void;
  readonly onRemove: (path: string, layer: Layer | ServiceLayer) => void;
}

function List({ onEdit, onBring, onRemove }: ListProps) {
  // A layer is of the whole city, so only who manages demand everywhere changes one.
  const mayManage = may("demand_manage", "");
  const used = demand.value?.code;
  return (
    <>
      <p>{p.demand.lead}</p>
      <Failure failure={layersFailure.value} onRetry={load} />
      {layers.value === undefined && !layersFailure.value ? <Loading rows={3} /> : null}
      {(layers.value ?? []).map((layer) => (
        <article key={layer.code} class="layer" data-layer={layer.code}>
          <h3>
            {layer.name} {layer.stand_in ? <span class="stand-in">{p.stand_in.short}</span> : null}
            {used === layer.code ? (
              <span class="stage open">
                <Icon name="check" />
                {p.demand.used}
              </span>
            ) : null}
          </h3>
          <p class="cap">
            {say(p.demand.holds, { people: count(layer.people), points: count(layer.points) })}
            {layer.trades.length > 0
              ? ` · ${layer.trades.map((code) => wordOf("trade", code)).join(p.time.and)}`
              : ""}
            {` · ${layer.by_hour ? p.demand.by_hour : p.demand.not_by_hour}`}
          </p>
          <Provenance layer={layer} />
          <div class="bar wrap">
            {used === layer.code ? null : (
              <Button look="quiet small" onClick={() => change({ demand: layer.code })}>
                {p.demand.use}
              </Button>
            )}
            {mayManage && !layer.stand_in ? (
              <>
                <Button look="quiet small" icon="draw" onClick={() => onEdit(layer)}>
                  {p.demand.edit}
                </Button>
                <Button look="quiet small" icon="upload" onClick={() => onBring(DEMAND, layer)}>
                  {p.demand.replace}
                </Button>
                <Button look="plain small bad" onClick={() => onRemove(DEMAND, layer)}>
                  {p.demand.remove}
                </Button>
              </>
            ) : null}
          </div>
        </article>
      ))}
      {mayManage ? (
        <Button icon="upload" onClick={() => onBring(DEMAND)}>
          {p.demand.bring}
        </Button>
      ) : null}
      <h3 class="next">{p.services.title}</h3>
      {serviceLayers.value.length === 0 ? <p class="cap">{p.services.none}</p> : null}
      {serviceLayers.value.map((layer) => (
        <article key={layer.code} class="layer" data-layer={layer.code}>
          <h3>{layer.name}</h3>
          <p class="cap">
            {say(p.services.holds, { points: count(layer.points), hours: count(layer.with_hours) })}
            {[layer.source, layer.as_of, layer.licence].filter(Boolean).map((text) => ` · ${text}`)}
          </p>
          {mayManage ? (
            <div class="bar wrap">
              <Button look="quiet small" icon="upload" onClick={() => onBring(SERVICE_POINTS, layer)}>
                {p.demand.replace}
              </Button>
              <Button look="plain small bad" onClick={() => onRemove(SERVICE_POINTS, layer)}>
                {p.demand.remove}
              </Button>
            </div>
          ) : null}
        </article>
      ))}
      {mayManage ? (
        <Button look="quiet" icon="upload" onClick={() => onBring(SERVICE_POINTS)}>
          {p.services.bring}
        </Button>
      ) : null}
    </>
  );
}
