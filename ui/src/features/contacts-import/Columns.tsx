import { Group, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { ContactImport, ImportTerms } from "../../api/model";
import { Begin } from "../../components/sheets/Begin";
import { widthOf } from "../../components/sheets/columns";
import { ColumnsPanel, useColumnNames } from "../../components/sheets/ColumnsPanel";
import { CountryInput, countryOf } from "../../components/sheets/CountryInput";
import { useSpeech } from "../../lib/i18n";
import { FIELDS, mappingOf, namesSomebody, rolesOf, type Role } from "./mapping";
import { Preview } from "./Preview";
import { useStart } from "./queries";

const ROLES = [...FIELDS, "attribute", "skip"] as const;

interface ColumnsProps {
  made: ContactImport;
  onOther: () => void;
}

/** What is what in the file, and what would become of its first rows. */
export function Columns({ made, onOther }: ColumnsProps) {
  const { t } = useSpeech();
  const start = useStart(made.id);
  const [header, setHeader] = useState(made.header);
  const [roles, setRoles] = useState(() => rolesOf(made.guessed, widthOf(made.sample)));
  const [country, setCountry] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const names = useColumnNames(made, header);
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
      <ColumnsPanel<Role>
        made={made}
        header={header}
        onHeader={setHeader}
        roles={roles}
        onRoles={setRoles}
        options={ROLES.map((value) => ({ value, label: t(`import.role.${value}`) }))}
        rest={{ none: "skip", several: "attribute" }}
        lacks={enough ? undefined : t("import.needsOne")}
        after={
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
        }
      />
      {enough && <Preview importId={made.id} terms={shown} />}
      <Begin
        label={t("import.start", { count: made.rows - (header ? 1 : 0) })}
        disabled={!enough}
        deed={start}
        onBegin={() => start.mutate(terms)}
        onOther={onOther}
      />
    </>
  );
}
