import { Button, Group, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api/client";
import type {
  ShareCandidate,
  ShareRules,
  SharePreview as Preview,
} from "../../api/model";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import classes from "./DeskSettings.module.css";
import { useSources } from "./sharing";

/** Who would be given a lead that comes now, by these rules, and why nobody else. */
export function SharePreview({ rules }: { rules: ShareRules }) {
  const { t } = useSpeech();
  const sources = useSources();
  const [campaign, setCampaign] = useState("");
  const [source, setSource] = useState("form");
  const asked = useMutation({
    mutationFn: () =>
      api.post<Preview>("/api/desk/assigning/preview", {
        campaign: campaign.trim() === "" ? null : campaign.trim(),
        source,
        assigning: rules,
      }),
  });
  return (
    <section aria-label={t("deskRules.preview")} className={classes.preview}>
      <Text fw={600}>{t("deskRules.preview")}</Text>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t("deskRules.previewCampaign")}
          value={campaign}
          maxLength={200}
          onChange={({ currentTarget }) => setCampaign(currentTarget.value)}
        />
        <Select
          label={t("deskRules.previewSource")}
          data={sources([])}
          value={source}
          allowDeselect={false}
          onChange={(value) => setSource(value ?? source)}
        />
        <Button
          variant="default"
          loading={asked.isPending}
          onClick={() => asked.mutate()}
        >
          {t("deskRules.previewAsk")}
        </Button>
      </Group>
      {asked.isPending && <Skeleton height={60} />}
      {asked.isError && <Failed error={asked.error} onRetry={() => asked.mutate()} />}
      {asked.isSuccess && <Answer preview={asked.data} />}
    </section>
  );
}

function Answer({ preview }: { preview: Preview }) {
  const { t } = useSpeech();
  const { candidates, rule, shared, asesor, waiting } = preview;
  const chosen = candidates.find(({ id }) => id === asesor);
  const by =
    rule === null ? t("deskRules.previewNoRule") : t("deskRules.previewRule", { rule });
  const who = !shared
    ? t("deskRules.previewNotShared")
    : chosen === undefined
      ? t("deskRules.previewNobody")
      : t(`deskRules.previewWho.${preview.method}`, { name: chosen.name });
  return (
    <div role="status">
      <Text>{`${by} ${who}`}</Text>
      <Text size="sm" c="dimmed">
        {t("deskRules.previewWaiting", { count: waiting })}
      </Text>
      {shared && (
        <ul className={classes.candidates}>
          {[...candidates].sort(byPlace).map((one) => (
            <li key={one.id}>
              <span>{one.name}</span>
              <Text span size="sm" c="dimmed">
                {one.refusal === null || one.place !== null
                  ? t("deskRules.previewPlace", { place: one.place ?? 0 })
                  : t(`deskRules.refusal.${one.refusal}`)}
                {` · ${t("deskRules.loaded", { load: one.load, limit: one.limit })}`}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function byPlace(one: ShareCandidate, other: ShareCandidate): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (
    (one.place ?? last) - (other.place ?? last) || one.name.localeCompare(other.name)
  );
}
