import { NumberInput, Select, SimpleGrid, Stack, Switch } from "@mantine/core";

import type { ShareRules } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { METHODS, useSummary } from "./sharing";
import classes from "./DeskSettings.module.css";
import { RulesEditor } from "./RulesEditor";
import { SharePreview } from "./SharePreview";

interface SharingProps {
  rules: ShareRules;
  disabled: boolean;
  onRules: (rules: ShareRules) => void;
}

/** Who is given what comes, without anybody's doing. */
export function Sharing({ rules, disabled, onRules }: SharingProps) {
  const { t } = useSpeech();
  const summary = useSummary();
  const change = (changes: Partial<ShareRules>) => onRules({ ...rules, ...changes });
  return (
    <Panel title={t("deskRules.sharing")} hint={t("deskRules.sharingHint")}>
      <Stack gap="md">
        <Switch
          label={t("deskRules.on")}
          checked={rules.on}
          disabled={disabled}
          onChange={({ currentTarget }) => change({ on: currentTarget.checked })}
        />
        <ul className={classes.summary} aria-label={t("deskRules.summary")}>
          {summary(rules).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {rules.on && (
          <>
            <Basics rules={rules} disabled={disabled} change={change} />
            <RulesEditor
              rules={rules.rules ?? []}
              disabled={disabled}
              onRules={(changed) => change({ rules: changed })}
            />
            <SharePreview rules={rules} />
          </>
        )}
      </Stack>
    </Panel>
  );
}

interface BasicsProps {
  rules: ShareRules;
  disabled: boolean;
  change: (changes: Partial<ShareRules>) => void;
}

function Basics({ rules, disabled, change }: BasicsProps) {
  const { t } = useSpeech();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} maw={640}>
      <Select
        label={t("deskRules.rest")}
        disabled={disabled}
        allowDeselect={false}
        data={[
          ...METHODS.map((value) => ({ value, label: t(`deskRules.method.${value}`) })),
          { value: "nobody", label: t("deskRules.method.nobody") },
        ]}
        value={rules.rest ? rules.method : "nobody"}
        onChange={(value) => {
          const method = oneOf(METHODS, value);
          change(method === undefined ? { rest: false } : { rest: true, method });
        }}
      />
      <NumberInput
        label={t("deskRules.limit")}
        description={t("deskRules.limitHint")}
        inputWrapperOrder={["label", "input", "description"]}
        disabled={disabled}
        min={1}
        max={1000}
        value={rules.limit}
        onChange={(value) => change({ limit: Math.round(Number(value)) })}
      />
      <Select
        label={t("deskRules.order")}
        disabled={disabled}
        allowDeselect={false}
        data={[
          { value: "oldest", label: t("deskRules.oldest") },
          { value: "newest", label: t("deskRules.newest") },
        ]}
        value={rules.newestFirst ? "newest" : "oldest"}
        onChange={(value) => change({ newestFirst: value === "newest" })}
      />
      <NumberInput
        label={t("deskRules.returned")}
        description={t("deskRules.returnedHint")}
        inputWrapperOrder={["label", "input", "description"]}
        disabled={disabled}
        min={0}
        max={720}
        suffix=" h"
        value={rules.returnedHours}
        onChange={(value) => change({ returnedHours: Math.round(Number(value)) })}
      />
    </SimpleGrid>
  );
}
