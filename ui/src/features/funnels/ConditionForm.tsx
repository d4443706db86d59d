import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe, valuesQuery } from "../../api/queries";
import { SuggestInput } from "../../components/SuggestInput";
import { useSpeech } from "../../lib/i18n";
import {
  isMetadataKey,
  mayFilterBy,
  metadataKey,
  metadataProperty,
  PROPERTY_GROUPS,
  propertyOf,
  type Condition,
  type Property,
} from "../../lib/properties";
import { oneOf } from "../../lib/search";
import { useValueWords } from "../../lib/words";
import classes from "./Builder.module.css";

const HOW = ["is", "isNot", "none", "some"] as const;
type How = (typeof HOW)[number];
const METADATA = "metadata";

interface ConditionFormProps {
  eventType: string;
  site: string | undefined;
  onAdd: (condition: Condition) => void;
  onCancel: () => void;
}

/** Asks for one condition: which property, how, and the value. */
export function ConditionForm({ eventType, site, onAdd, onCancel }: ConditionFormProps) {
  const { t } = useSpeech();
  const [property, setProperty] = useState<Property>("page");
  const [key, setKey] = useState("");
  const [how, setHow] = useState<How>("is");
  const [value, setValue] = useState("");
  const ofMetadata = metadataKey(property) !== undefined;
  const meant = ofMetadata ? metadataProperty(key.trim()) : property;
  const known = !ofMetadata || (isMetadataKey(key.trim()) && mayFilterBy(meant));
  const asks = how === "is" || how === "isNot";
  const complete = known && (!asks || value !== "");

  function add(): void {
    if (!complete) return;
    onAdd({
      property: meant,
      value: asks ? value : "",
      negated: how === "isNot" || how === "some",
    });
  }

  return (
    <form
      className={classes.form}
      aria-label={t("funnel.newCondition")}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onCancel();
      }}
    >
      <Stack gap={8}>
        <PropertySelect
          property={property}
          onProperty={(next) => {
            setProperty(next);
            setValue("");
          }}
        />
        {ofMetadata && (
          <TextInput
            size="xs"
            label={t("breakdown.metadata")}
            placeholder={t("breakdown.metadataExample")}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={key}
            error={key.trim() !== "" && !known && t("breakdown.metadataWrong")}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <Select
          size="xs"
          aria-label={t("funnel.how")}
          data={HOW.map((one) => ({ value: one, label: t(`funnel.how.${one}`) }))}
          value={how}
          allowDeselect={false}
          onChange={(next) => setHow(oneOf(HOW, next) ?? "is")}
        />
        {asks && known && (
          <ValueInput
            key={meant}
            property={meant}
            eventType={eventType}
            site={site}
            value={value}
            onValue={setValue}
          />
        )}
        <Group gap={6}>
          <Button type="submit" size="compact-sm" disabled={!complete}>
            {t("funnel.add")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {t("action.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PropertySelectProps {
  property: Property;
  onProperty: (property: Property) => void;
}

function PropertySelect({ property, onProperty }: PropertySelectProps) {
  const { t } = useSpeech();
  return (
    <Select
      size="xs"
      aria-label={t("funnel.property")}
      autoFocus
      data={[
        ...PROPERTY_GROUPS.filter(({ name }) => name !== "events").map(
          ({ name, properties }) => ({
            group: t(`breakdown.${name}`),
            items: properties.map((one) => ({ value: one, label: t(`property.${one}`) })),
          }),
        ),
        {
          group: t("breakdown.own"),
          items: [{ value: METADATA, label: t("breakdown.metadataOther") }],
        },
      ]}
      value={metadataKey(property) === undefined ? property : METADATA}
      allowDeselect={false}
      maxDropdownHeight={300}
      onChange={(next) => {
        const chosen = next === METADATA ? metadataProperty("") : propertyOf(next);
        if (chosen !== undefined) onProperty(chosen);
      }}
    />
  );
}

interface ValueInputProps {
  property: Property;
  eventType: string;
  site: string | undefined;
  value: string;
  onValue: (value: string) => void;
}

/** What is called by another name on the screen is chosen; everything else may be written. */
const NAMED: readonly string[] = ["channel", "device", "country"];

function ValueInput({ property, eventType, site, value, onValue }: ValueInputProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const words = useValueWords();
  const values = useQuery(
    valuesQuery({ tenantId: tenant.id, by: property, eventType, site }),
  );
  const rows = values.data?.rows.filter((row) => row.value !== "") ?? [];
  const common = {
    size: "xs",
    "aria-label": t("funnel.value"),
    placeholder: t("funnel.value"),
  } as const;
  if (NAMED.includes(property)) {
    return (
      <Select
        {...common}
        searchable
        data={rows.map((row) => ({
          value: row.value,
          label: words(property, row.value),
        }))}
        nothingFoundMessage={t(values.isPending ? "state.loading" : "funnel.noValue")}
        value={value === "" ? null : value}
        onChange={(next) => onValue(next ?? "")}
      />
    );
  }
  return (
    <SuggestInput
      {...common}
      suggestions={rows.map((row) => ({ value: row.value, count: row.visitors }))}
      value={value}
      onValue={onValue}
    />
  );
}
