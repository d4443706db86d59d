import { Alert, Button, Checkbox, Group, Stack, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { ContactImport, ImportTerms } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Panel } from "../../components/Panel";
import { namesOf, widthOf, withRole } from "../../components/sheets/columns";
import { CountryInput, countryOf } from "../../components/sheets/CountryInput";
import { RoleChoices } from "../../components/sheets/RoleChoices";
import { useSpeech } from "../../lib/i18n";
import { FIELDS, mappingOf, namesSomebody, rolesOf, type Role } from "./mapping";
import { Preview } from "./Preview";
import { useStart } from "./queries";

interface ColumnsProps {
  made: ContactImport;
  onOther: () => void;
}

/** What is what in the file, and what would become of its first rows. */
export function Columns({ made, onOther }: ColumnsProps) {
  const { t, number } = useSpeech();
  const errorText = useErrorText();
  const start = useStart(made.id);
  const width = widthOf(made.sample);
  const [header, setHeader] = useState(made.header);
  const [roles, setRoles] = useState(() => rolesOf(made.guessed, width));
  const [country, setCountry] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const first = made.sample[0] ?? [];
  const names = namesOf(first, width, header, (column) =>
    t("import.column", { number: number(column) }),
  );
  const terms: ImportTerms = {
    mapping: mappingOf(roles, names),
    header,
    country: countryOf(country),
    tags,
  };
  const [shown] = useDebouncedValue(terms, 300);
  const enough = namesSomebody(roles);

  return (
    <>
      <Panel
        title={t("import.columns")}
        hint={t("import.found", {
          file: made.file,
          encoding: made.encoding,
          count: made.rows,
        })}
      >
        <Stack gap="md">
          <Checkbox
            label={t("import.header")}
            checked={header}
            onChange={({ currentTarget }) => setHeader(currentTarget.checked)}
          />
          <RoleChoices
            names={names}
            roles={roles}
            example={made.sample[header ? 1 : 0]}
            options={[...FIELDS, "attribute" as const, "skip" as const].map((value) => ({
              value,
              label: t(`import.role.${value}`),
            }))}
            onRole={(column, role) =>
              setRoles(
                withRole<Role>(roles, column, role, {
                  none: "skip",
                  several: "attribute",
                }),
              )
            }
          />
          <Group gap="md" align="flex-start">
            <CountryInput value={country} onChange={setCountry} />
            <TagsInput
              label={t("import.tags")}
              description={t("import.tagsHint")}
              value={tags}
              onChange={setTags}
              w={280}
            />
          </Group>
          {!enough && <Alert color="yellow">{t("import.needsOne")}</Alert>}
        </Stack>
      </Panel>
      {enough && <Preview importId={made.id} terms={shown} />}
      <Group gap="sm">
        <Button
          disabled={!enough}
          loading={start.isPending}
          onClick={() => start.mutate(terms)}
        >
          {t("import.start", { count: made.rows - (header ? 1 : 0) })}
        </Button>
        <Button variant="default" onClick={onOther}>
          {t("import.other")}
        </Button>
        {start.isError && (
          <Alert color="red" role="alert">
            {errorText(start.error)}
          </Alert>
        )}
      </Group>
    </>
  );
}
