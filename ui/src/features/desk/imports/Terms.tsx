import { Alert, Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { CheckTerms, ClienteImport } from "../../../api/model";
import { useErrorText } from "../../../components/errors";
import { Panel } from "../../../components/Panel";
import { namesOf, widthOf, withRole } from "../../../components/sheets/columns";
import { CountryInput, countryOf } from "../../../components/sheets/CountryInput";
import { HowFar } from "../../../components/sheets/HowFar";
import { RoleChoices } from "../../../components/sheets/RoleChoices";
import { useSpeech } from "../../../lib/i18n";
import { FoundPanel } from "./FoundPanel";
import { FIELDS, mappingOf, namesSomebody, rolesOf, type Role } from "./mapping";
import { Preview } from "./Preview";
import { useCheck } from "./queries";

interface TermsProps {
  made: ClienteImport;
  onOther: () => void;
}

/** What is what in the file, what is known of its people, and what is to become of them. */
export function Terms({ made, onOther }: TermsProps) {
  const { t, number } = useSpeech();
  const errorText = useErrorText();
  const check = useCheck(made.id);
  const said = made.terms;
  const width = widthOf(made.sample);
  const [header, setHeader] = useState(made.header);
  const [roles, setRoles] = useState(() => rolesOf(said?.mapping ?? made.guessed, width));
  const [country, setCountry] = useState(said?.country ?? "");
  const [campaign, setCampaign] = useState(said?.campaign ?? "");
  const names = namesOf(made.sample[0] ?? [], width, header, (column) =>
    t("import.column", { number: number(column) }),
  );
  const terms: CheckTerms = {
    mapping: mappingOf(roles),
    header,
    country: countryOf(country),
    campaign: campaign.trim() === "" ? null : campaign.trim(),
  };
  const [shown] = useDebouncedValue(terms, 300);
  const enough = namesSomebody(roles);
  // What was counted holds as long as the file is read in the same way.
  const same = said !== null && isSame(said, terms);
  const checked = same && made.state === "checked";
  const checking = same && made.state === "checking";

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
            options={[...FIELDS, "skip" as const].map((value) => ({
              value,
              label: t(`deskImport.role.${value}`),
            }))}
            onRole={(column, role) =>
              setRoles(withRole<Role>(roles, column, role, { none: "skip" }))
            }
          />
          <Group gap="md" align="flex-start">
            <CountryInput value={country} onChange={setCountry} />
            <TextInput
              label={t("deskImport.campaign")}
              description={t("deskImport.campaignHint")}
              value={campaign}
              maxLength={200}
              w={280}
              onChange={({ currentTarget }) => setCampaign(currentTarget.value)}
            />
          </Group>
          {!enough && <Alert color="yellow">{t("deskImport.needsOne")}</Alert>}
        </Stack>
      </Panel>
      {enough && <Preview importId={made.id} terms={shown} />}
      {checking && (
        <Panel title={t("deskImport.checking")} hint={t("deskImport.checkHint")}>
          <HowFar
            label={t("deskImport.checking")}
            rows={made.rows}
            done={made.rowsDone}
            moving
          />
        </Panel>
      )}
      {checked && <FoundPanel made={made} />}
      <Group gap="sm">
        {!checked && (
          <Button
            disabled={!enough || checking}
            loading={check.isPending}
            onClick={() => check.mutate(terms)}
          >
            {t("deskImport.check", { count: made.rows - (header ? 1 : 0) })}
          </Button>
        )}
        <Button variant="default" onClick={onOther}>
          {t("import.other")}
        </Button>
        {check.isError && (
          <Alert color="red" role="alert">
            {errorText(check.error)}
          </Alert>
        )}
      </Group>
    </>
  );
}

function isSame(one: CheckTerms, other: CheckTerms): boolean {
  return (
    one.header === other.header &&
    (one.country ?? null) === (other.country ?? null) &&
    (one.campaign ?? null) === (other.campaign ?? null) &&
    FIELDS.every(
      (field) => (one.mapping[field] ?? null) === (other.mapping[field] ?? null),
    )
  );
}
