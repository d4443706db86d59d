import { Select } from "@mantine/core";
import { IconCalendarRepeat, IconMoodEmpty } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Retention } from "../../api/model";
import { useMe, useSites } from "../../api/queries";
import { Answer } from "../../components/Answer";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { FilterGroup, SiteFilter } from "../../components/PeriodFilter";
import { Empty } from "../../components/States";
import { Untouched } from "../../components/Untouched";
import { Waiting } from "../../components/Waiting";
import { useSpeech } from "../../lib/i18n";
import { Curve } from "./Curve";
import { SPANS, type Filters } from "./filters";
import { retentionQuery } from "./queries";
import { Triangle } from "./Triangle";
import { TypeFilters } from "./TypeFilters";

interface RetentionProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** Of those who came first in a week, how many came back in the weeks after. */
export function RetentionScreen({ filters, onFilters }: RetentionProps) {
  const { t } = useSpeech();
  const { sites, untouched } = useSites();
  const show = (changes: Filters) => onFilters({ ...filters, ...changes });

  return (
    <Page
      title={t("retention.title")}
      intro={t("retention.intro")}
      actions={
        !untouched && (
          <FilterGroup>
            <SiteFilter
              sites={sites}
              site={filters.site}
              onSite={(site) => show({ site })}
            />
            <Select
              aria-label={t("retention.span")}
              w={200}
              data={SPANS.map((value) => ({
                value: String(value),
                label: t("retention.weeks", { count: value }),
              }))}
              value={String(filters.weeks ?? 12)}
              allowDeselect={false}
              onChange={(value) => {
                const weeks = SPANS.find((one) => String(one) === value);
                show({ weeks: weeks === 12 ? undefined : weeks });
              }}
            />
          </FilterGroup>
        )
      }
    >
      {untouched ? (
        <Untouched
          icon={IconCalendarRepeat}
          title={t("retention.untouched")}
          text={t("retention.untouchedHint")}
        />
      ) : (
        <>
          <TypeFilters filters={filters} onFilters={show} />
          <Found filters={filters} onFilters={show} />
        </>
      )}
    </Page>
  );
}

function Found({ filters, onFilters }: RetentionProps) {
  const { tenant } = useMe();
  const retention = useQuery(retentionQuery(tenant.id, tenant.timeZone, filters));
  return (
    <Answer boxed query={retention} waiting={<Waiting heights={[220, 420]} />}>
      {(data) => <Shown retention={data} filters={filters} onFilters={onFilters} />}
    </Answer>
  );
}

function Shown({
  retention,
  filters,
  onFilters,
}: RetentionProps & { retention: Retention }) {
  const { t } = useSpeech();
  if (retention.cohorts.every(({ visitors }) => visitors === 0)) {
    return (
      <Panel>
        <Empty
          icon={<IconMoodEmpty size={28} />}
          title={t("retention.empty")}
          text={t("retention.emptyHint")}
        />
      </Panel>
    );
  }
  return (
    <>
      <Curve cohorts={retention.cohorts} />
      <Triangle
        retention={retention}
        absolute={filters.numbers === "visitors"}
        onAbsolute={(absolute) =>
          onFilters({ numbers: absolute ? "visitors" : undefined })
        }
      />
    </>
  );
}
