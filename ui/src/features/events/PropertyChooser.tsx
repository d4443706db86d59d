import { ActionIcon, Select, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";

import { useSpeech } from "../../lib/i18n";
import {
  isMetadataKey,
  metadataKey,
  metadataProperty,
  PROPERTY_GROUPS,
  propertyOf,
  type Property,
} from "../../lib/properties";
import classes from "./PropertyChooser.module.css";

interface ChooserProps {
  by: Property;
  onBy: (by: Property) => void;
}

/** All properties beside the table; on a phone, a list to open. */
export function PropertyChooser(props: ChooserProps) {
  const narrow = useMediaQuery("(max-width: 48em)", false, {
    getInitialValueInEffect: false,
  });
  return narrow ? <Narrow {...props} /> : <Wide {...props} />;
}

function Wide({ by, onBy }: ChooserProps) {
  const { t } = useSpeech();
  return (
    <div className={classes.wide} role="group" aria-label={t("breakdown.by")}>
      {PROPERTY_GROUPS.map(({ name, properties }) => (
        <Named key={name} label={t(`breakdown.${name}`)}>
          {properties.map((property) => (
            <UnstyledButton
              key={property}
              className={classes.property}
              aria-pressed={property === by}
              onClick={() => onBy(property)}
            >
              {t(`property.${property}`)}
            </UnstyledButton>
          ))}
        </Named>
      ))}
      <Named label={t("breakdown.own")}>
        <div className={classes.own}>
          <MetadataKey by={by} onBy={onBy} />
        </div>
      </Named>
    </div>
  );
}

function Named({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <div className={classes.group} id={id}>
        {label}
      </div>
      {children}
    </div>
  );
}

const METADATA = "metadata";

function Narrow({ by, onBy }: ChooserProps) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  const ofMetadata = asking || metadataKey(by) !== undefined;

  function choose(name: string | null): void {
    setAsking(name === METADATA);
    const property = propertyOf(name);
    if (property !== undefined) onBy(property);
  }

  return (
    <Stack gap="xs">
      <Select
        label={t("breakdown.by")}
        data={[
          ...PROPERTY_GROUPS.map(({ name, properties }) => ({
            group: t(`breakdown.${name}`),
            items: properties.map((property) => ({
              value: property,
              label: t(`property.${property}`),
            })),
          })),
          {
            group: t("breakdown.own"),
            items: [{ value: METADATA, label: t("breakdown.metadataOther") }],
          },
        ]}
        value={ofMetadata ? METADATA : by}
        allowDeselect={false}
        maxDropdownHeight={320}
        onChange={choose}
      />
      {ofMetadata && <MetadataKey by={by} onBy={onBy} />}
    </Stack>
  );
}

function MetadataKey({ by, onBy }: ChooserProps) {
  // Made anew when the URL says another key.
  return <KeyForm key={metadataKey(by)} known={metadataKey(by) ?? ""} onBy={onBy} />;
}

function KeyForm({ known, onBy }: { known: string; onBy: ChooserProps["onBy"] }) {
  const { t } = useSpeech();
  const [key, setKey] = useState(known);
  const wanted = key.trim();
  const wrong = wanted !== "" && !isMetadataKey(wanted);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== "" && !wrong) onBy(metadataProperty(wanted));
      }}
    >
      <TextInput
        label={t("breakdown.metadata")}
        placeholder={t("breakdown.metadataExample")}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        error={wrong && t("breakdown.metadataWrong")}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        data-chosen={known !== "" || undefined}
        classNames={{ input: classes.key }}
        rightSection={
          <ActionIcon
            type="submit"
            variant="subtle"
            aria-label={t("breakdown.metadataShow")}
          >
            <IconArrowRight size={16} aria-hidden="true" />
          </ActionIcon>
        }
      />
    </form>
  );
}
