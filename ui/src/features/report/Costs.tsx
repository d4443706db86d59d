import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Answer } from "../../components/Answer";
import { LinkButton } from "../../components/links";
import { Panel } from "../../components/Panel";
import { Plot, type PlotRow } from "../../components/Plot";
import { Beginning } from "../../components/sheets/Beginning";
import { Counts } from "../../components/sheets/HowFar";
import { ImportPage, type ImportScreenProps } from "../../components/sheets/ImportPage";
import { Steps } from "../../components/sheets/Steps";
import type { SpendDays, SpendImport } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { useMoney } from "../../lib/money";
import { addDays, isDay, showDay } from "../../lib/time";
import { CostTerms } from "./CostTerms";
import { importsQuery, problemsAddress, spendQuery, useUndo, useUpload } from "./costs";

/** What ads cost, from the platforms' own files. */
export function CostsScreen(props: ImportScreenProps) {
  const { t } = useSpeech();
  return (
    <ImportPage
      {...props}
      title={t("costs.title")}
      intro={t("costs.intro")}
      back={
        <LinkButton to="/" variant="default">
          {t("costs.back")}
        </LinkButton>
      }
      beginning={<New onImport={props.onImport} />}
      one={(importId, onOther) => <One importId={importId} onOther={onOther} />}
    />
  );
}

function New({ onImport }: Pick<ImportScreenProps, "onImport">) {
  const { t } = useSpeech();
  const days = useQuery(spendQuery());
  return (
    <Beginning
      note={t("costs.nothingYet")}
      upload={useUpload()}
      items={useQuery(importsQuery()).data?.items ?? []}
      stateOf={({ state }) => t(`costs.state.${state}`)}
      onImport={onImport}
    >
      {days.data !== undefined && days.data.items.length > 0 && (
        <Known days={days.data} />
      )}
    </Beginning>
  );
}

/** What is known of the last month, in the money that most of it is in. */
function Known({ days }: { days: SpendDays }) {
  const { t, locale, number } = useSpeech();
  const money = useMoney();
  const sums = new Map<string, number>();
  for (const { currency, costCents } of days.items) {
    sums.set(currency, (sums.get(currency) ?? 0) + costCents);
  }
  const [currency = "USD"] = [...sums.entries()].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const label = t("costs.known", { currency });
  return (
    <Panel title={label}>
      <Plot
        kind="bars"
        plain
        rows={rowsOf(days, currency, locale)}
        name={t("report.metric.costCents")}
        rowName={t("stats.start")}
        label={label}
        height={200}
        format={(value) => money(value, currency)}
        formatShort={(value) =>
          number(value / 100, { notation: "compact", maximumSignificantDigits: 3 })
        }
      />
    </Panel>
  );
}

function rowsOf({ items }: SpendDays, currency: string, locale: string): PlotRow[] {
  const sums = new Map<string, number>();
  for (const one of items.filter((item) => item.currency === currency)) {
    sums.set(one.day, (sums.get(one.day) ?? 0) + one.costCents);
  }
  const known = [...sums.keys()].toSorted().filter(isDay);
  const [first, last] = [known[0], known.at(-1)];
  const rows: PlotRow[] = [];
  if (first === undefined || last === undefined) return rows;
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const long = showDay(locale, day);
    rows.push({ start: day, short: long, long, named: true, value: sums.get(day) ?? 0 });
  }
  return rows;
}

function One({ importId, onOther }: { importId: string; onOther: () => void }) {
  const { t } = useSpeech();
  const query = useQuery(importsQuery());
  return (
    <Answer query={query} waiting={<Skeleton height={320} />} boxed>
      {({ items }) => {
        const made = items.find(({ id }) => id === importId);
        if (made === undefined) return <Panel title={t("costs.gone")}>{null}</Panel>;
        return made.state === "uploaded" ? (
          <CostTerms made={made} onOther={onOther} />
        ) : (
          <Done made={made} onOther={onOther} />
        );
      }}
    </Answer>
  );
}

function Done({ made, onOther }: { made: SpendImport; onOther: () => void }) {
  const { t } = useSpeech();
  const undo = useUndo(made.id);
  return (
    <Panel title={made.file} hint={t(`costs.state.${made.state}`)}>
      <Counts
        of={[
          { name: t("costs.lines"), count: made.lines },
          { name: t("costs.refused"), count: made.refused },
          ...(made.state === "undone"
            ? [{ name: t("costs.takenBack"), count: made.takenBack }]
            : []),
        ]}
      />
      <Steps
        cancel={undefined}
        undo={made.state === "done" ? undo : undefined}
        problems={made.refused > 0 ? problemsAddress(made.id) : undefined}
        onOther={onOther}
      />
    </Panel>
  );
}
