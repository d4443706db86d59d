import { IconRobot, IconRobotOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Bots } from "../../api/model";
import { useMe, useSites } from "../../api/queries";
import { Answer } from "../../components/Answer";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { SiteAndRange } from "../../components/PeriodFilter";
import { Empty } from "../../components/States";
import { Untouched } from "../../components/Untouched";
import { Waiting } from "../../components/Waiting";
import { useSpeech } from "../../lib/i18n";
import { spanOf } from "../../lib/period";
import classes from "./Bots.module.css";
import type { Filters } from "./filters";
import { HowTheyAreKnown } from "./HowTheyAreKnown";
import { Kinds } from "./Kinds";
import { Names } from "./Names";
import { Pages } from "./Pages";
import { botsQuery } from "./queries";
import { Traffic } from "./Traffic";

interface BotsProps {
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

/** What was left out of all other figures, and why. */
export function BotsScreen({ filters, onFilters }: BotsProps) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const { sites, untouched } = useSites();

  return (
    <Page
      title={t("bots.title")}
      intro={t("bots.intro")}
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
          icon={IconRobot}
          title={t("bots.untouched")}
          text={t("bots.untouchedHint")}
        />
      ) : (
        <Found filters={filters} />
      )}
      <HowTheyAreKnown />
    </Page>
  );
}

function Found({ filters }: { filters: Filters }) {
  const { tenant } = useMe();
  const span = spanOf(filters, tenant.timeZone, new Date());
  const bots = useQuery(botsQuery(tenant.id, filters.site, span));
  return (
    <Answer boxed query={bots} waiting={<Waiting heights={[320, 300]} />}>
      {(data) => <Shown bots={data} asOf={bots.dataUpdatedAt} />}
    </Answer>
  );
}

function Shown({ bots, asOf }: { bots: Bots; asOf: number }) {
  const { t } = useSpeech();
  if (bots.botEvents === 0) {
    return (
      <Panel>
        <Empty
          icon={<IconRobotOff size={28} />}
          title={t("bots.none")}
          text={
            bots.peopleEvents === 0
              ? t("bots.nobody")
              : t("bots.noneHint", { count: bots.peopleEvents })
          }
        />
      </Panel>
    );
  }
  return (
    <>
      <Traffic bots={bots} asOf={asOf} />
      <Kinds bots={bots} />
      <div className={classes.pair}>
        <Names bots={bots} />
        <Pages bots={bots} />
      </div>
    </>
  );
}
