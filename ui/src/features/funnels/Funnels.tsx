import { Button, Skeleton, Stack } from "@mantine/core";
import { IconFilter2, IconStairs } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { useMe, useSites, valuesQuery } from "../../api/queries";
import { DurationInput } from "../../components/DurationInput";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { SiteAndRange } from "../../components/PeriodFilter";
import { Empty } from "../../components/States";
import type { Suggestion } from "../../components/SuggestInput";
import { Untouched } from "../../components/Untouched";
import { useSpeech } from "../../lib/i18n";
import { Builder } from "./Builder";
import {
  DAY_MINUTES,
  exampleSteps,
  FEWEST_STEPS,
  MOST_MINUTES,
  stepsOf,
  writeSteps,
  type Filters,
  type Step,
} from "./filters";
import classes from "./Funnels.module.css";
import { Result, ResultSkeleton } from "./Result";

interface FunnelsProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** How many visitors go through steps in their order, and where the others are lost. */
export function Funnels({ filters, onFilters }: FunnelsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const { sites, untouched } = useSites();
  return (
    <Page
      title={t("funnel.title")}
      intro={t("funnel.intro")}
      actions={
        !untouched && (
          <SiteAndRange
            sites={sites}
            timeZone={tenant.timeZone}
            filters={filters}
            onFilters={onFilters}
          />
        )
      }
    >
      {untouched ? (
        <Untouched
          icon={IconFilter2}
          title={t("breakdown.untouched")}
          text={t("funnel.untouchedHint")}
        />
      ) : (
        <Known filters={filters} onFilters={onFilters} />
      )}
    </Page>
  );
}

/** The steps of the URL or, without any, an example of what the tenant's visitors do. */
function Known({ filters, onFilters }: FunnelsProps) {
  const { tenant } = useMe();
  const { site } = filters;
  const values = useQuery(valuesQuery({ tenantId: tenant.id, by: "eventType", site }));
  const types = (values.data?.rows ?? []).map(({ value, visitors }): Suggestion => ({
    value,
    count: visitors,
  }));
  const told = stepsOf(filters);
  const example = exampleSteps(types.map(({ value }) => value));
  const steps = told ?? example;
  const show = (next: readonly Step[]) => onFilters({ ...filters, ...writeSteps(next) });
  if (told === undefined && values.isPending) return <Waiting />;
  return (
    <div className={classes.layout}>
      <Stack gap="sm" miw={0}>
        <Builder steps={steps} types={types} site={site} onSteps={show} />
        <Window filters={filters} onFilters={onFilters} />
      </Stack>
      <Stack gap="lg" miw={0}>
        {steps.length < FEWEST_STEPS ? (
          <TooFewSteps
            steps={steps.length}
            onExample={example.length === 0 ? undefined : () => show(example)}
          />
        ) : (
          <Result filters={filters} steps={steps} example={told === undefined} />
        )}
      </Stack>
    </div>
  );
}

function Window({ filters, onFilters }: FunnelsProps) {
  const { t } = useSpeech();
  return (
    <Panel>
      <DurationInput
        label={t("funnel.window")}
        description={t("funnel.windowHint")}
        minutes={filters.window ?? DAY_MINUTES}
        most={MOST_MINUTES}
        onMinutes={(minutes) =>
          onFilters({
            ...filters,
            window: minutes === DAY_MINUTES ? undefined : minutes,
          })
        }
      />
    </Panel>
  );
}

interface TooFewStepsProps {
  steps: number;
  onExample: (() => void) | undefined;
}

function TooFewSteps({ steps, onExample }: TooFewStepsProps) {
  const { t } = useSpeech();
  return (
    <Panel>
      <Empty
        icon={<IconStairs size={28} />}
        title={t(steps === 0 ? "funnel.noSteps" : "funnel.oneStep")}
        text={t("funnel.tooFewHint")}
        action={
          onExample && (
            <Button variant="default" onClick={onExample}>
              {t("funnel.useExample")}
            </Button>
          )
        }
      />
    </Panel>
  );
}

function Waiting() {
  return (
    <div className={classes.layout}>
      <Panel>
        <Skeleton height={240} />
      </Panel>
      <ResultSkeleton />
    </div>
  );
}
