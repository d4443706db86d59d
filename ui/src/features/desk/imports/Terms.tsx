import { Group, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { CheckTerms, ClienteImport } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { Begin } from "../../../components/sheets/Begin";
import { widthOf } from "../../../components/sheets/columns";
import { ColumnsPanel } from "../../../components/sheets/ColumnsPanel";
import { CountryInput, countryOf } from "../../../components/sheets/CountryInput";
import { HowFar } from "../../../components/sheets/HowFar";
import { useSpeech } from "../../../lib/i18n";
import { FoundPanel } from "./FoundPanel";
import { FIELDS, mappingOf, namesSomebody, rolesOf, type Role } from "./mapping";
import { Preview } from "./Preview";
import { useCheck } from "./queries";

const ROLES = [...FIELDS, "skip"] as const;

interface TermsProps {
  made: ClienteImport;
  onOther: () => void;
}

/** What is what in the file, what is known of its people, and what is to become of them. */
export function Terms({ made, onOther }: TermsProps) {
  const { t } = useSpeech();
  const check = useCheck(made.id);
  const said = made.terms;
  const [header, setHeader] = useState(made.header);
  const [roles, setRoles] = useState(() =>
    rolesOf(said?.mapping ?? made.guessed, widthOf(made.sample)),
  );
  const [country, setCountry] = useState(said?.country ?? "");
  const [campaign, setCampaign] = useState(said?.campaign ?? "");
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
      <ColumnsPanel<Role>
        made={made}
        header={header}
        onHeader={setHeader}
        roles={roles}
        onRoles={setRoles}
        options={ROLES.map((value) => ({
          value,
          label: t(`deskImport.role.${value}`),
        }))}
        rest={{ none: "skip" }}
        lacks={enough ? undefined : t("deskImport.needsOne")}
        after={
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
        }
      />
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
      <Begin
        label={
          checked
            ? undefined
            : t("deskImport.check", { count: made.rows - (header ? 1 : 0) })
        }
        disabled={!enough || checking}
        deed={check}
        onBegin={() => check.mutate(terms)}
        onOther={onOther}
      />
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
