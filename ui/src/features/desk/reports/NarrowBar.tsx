import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useMe } from "../../../api/queries";
import { SuggestInput } from "../../../components/SuggestInput";
import { useSpeech } from "../../../lib/i18n";
import type { Span } from "../../../lib/period";
import { useSourceWord } from "../../contacts/words";
import { asesoresQuery } from "../queries";
import type { Narrowing } from "./filters";
import classes from "./Narrow.module.css";
import { outcomesQuery } from "./queries";

interface NarrowBarProps {
  filters: Narrowing;
  span: Span;
  onNarrow: (narrowing: Narrowing) => void;
}

/** Whose clientes, of which campaign and source; advisors see their own. */
export function NarrowBar({ filters, span, onNarrow }: NarrowBarProps) {
  const { t } = useSpeech();
  const { user } = useMe();
  const sourceWord = useSourceWord();
  const supervises = user.role !== "asesor";
  const asesores = useQuery(asesoresQuery()).data?.items ?? [];
  const campaigns = useQuery(outcomesQuery({}, span, "campaign")).data?.items ?? [];
  const sources = useQuery(outcomesQuery({}, span, "source")).data?.items ?? [];
  const known = sources.flatMap(({ key }) => key ?? []);
  const chosen = filters.source;
  if (chosen !== undefined && !known.includes(chosen)) known.push(chosen);
  return (
    <div className={classes.bar} role="search" aria-label={t("deskReports.narrow")}>
      {supervises && (
        <Select
          label={t("desk.asesor")}
          placeholder={t("desk.anybody")}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("desk.anybody") }}
          data={asesores.map(({ id, name }) => ({ value: id, label: name }))}
          value={filters.asesor ?? null}
          onChange={(asesor) => onNarrow({ asesor: asesor ?? undefined })}
        />
      )}
      <SuggestInput
        label={t("desk.column.campaign")}
        placeholder={t("desk.anyCampaign")}
        suggestions={campaigns.flatMap(({ key, completed, returned }) =>
          key === null ? [] : [{ value: key, count: completed + returned }],
        )}
        value={filters.campaign ?? ""}
        maxLength={200}
        tidied={(text) => text.trim()}
        onValue={(campaign) => onNarrow({ campaign: campaign || undefined })}
      />
      <Select
        label={t("deskReports.source")}
        placeholder={t("deskReports.anySource")}
        clearable
        clearButtonProps={{ "aria-label": t("deskReports.anySource") }}
        data={known.map((value) => ({ value, label: sourceWord(value) }))}
        value={chosen ?? null}
        onChange={(source) => onNarrow({ source: source ?? undefined })}
      />
    </div>
  );
}
