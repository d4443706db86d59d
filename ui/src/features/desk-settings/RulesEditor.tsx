import {
  Button,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

import type { ShareRule } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import classes from "./DeskSettings.module.css";
import { moved, placed, without } from "./lists";
import { Moves } from "./Moves";
import { emptyRule, METHODS, useSources } from "./sharing";

interface RulesEditorProps {
  rules: readonly ShareRule[];
  disabled: boolean;
  onRules: (rules: ShareRule[]) => void;
}

/** Which leads are for whom, the first that fits first. */
export function RulesEditor({ rules, disabled, onRules }: RulesEditorProps) {
  const { t } = useSpeech();
  return (
    <Stack gap="sm">
      {rules.map((rule, at) => (
        <fieldset key={at} className={classes.stepBox} disabled={disabled}>
          <legend className="visually-hidden">{rule.name}</legend>
          <Group gap="xs" align="flex-end" wrap="nowrap" mb="sm">
            <TextInput
              flex={1}
              label={t("deskRules.rule", { number: String(at + 1) })}
              placeholder={t("deskRules.ruleExample")}
              value={rule.name}
              maxLength={200}
              onChange={({ currentTarget }) =>
                onRules(placed(rules, at, { ...rule, name: currentTarget.value }))
              }
            />
            <Moves
              name={rule.name}
              first={at === 0}
              last={at === rules.length - 1}
              onMove={(by) => onRules(moved(rules, at, by))}
              onDrop={() => onRules(without(rules, at))}
            />
          </Group>
          <Terms rule={rule} onRule={(next) => onRules(placed(rules, at, next))} />
        </fieldset>
      ))}
      {!disabled && (
        <Button
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => onRules([...rules, emptyRule()])}
        >
          {t("deskRules.addRule")}
        </Button>
      )}
    </Stack>
  );
}

interface TermsProps {
  rule: ShareRule;
  onRule: (rule: ShareRule) => void;
}

function Terms({ rule, onRule }: TermsProps) {
  const { t } = useSpeech();
  const sources = useSources();
  const tags = (name: "campaigns" | "skills") => ({
    label: t(`deskRules.${name}`),
    placeholder: (rule[name] ?? []).length === 0 ? t(`deskRules.${name}Any`) : undefined,
    value: rule[name] ?? [],
    acceptValueOnBlur: true,
    maxTags: 20,
    onChange: (value: string[]) => onRule({ ...rule, [name]: value }),
  });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TagsInput {...tags("campaigns")} />
      <MultiSelect
        label={t("deskRules.sources.of")}
        placeholder={
          (rule.sources ?? []).length === 0 ? t("deskRules.sourcesAny") : undefined
        }
        data={sources(rule.sources ?? [])}
        value={rule.sources ?? []}
        onChange={(chosen) => onRule({ ...rule, sources: chosen })}
      />
      <TagsInput {...tags("skills")} />
      <Select
        label={t("deskRules.method")}
        allowDeselect={false}
        data={METHODS.map((value) => ({ value, label: t(`deskRules.method.${value}`) }))}
        value={rule.method}
        onChange={(value) =>
          onRule({ ...rule, method: oneOf(METHODS, value) ?? rule.method })
        }
      />
    </SimpleGrid>
  );
}
