import { Button, Skeleton } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";

import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { ExportRow } from "./ExportRow";
import classes from "./Exports.module.css";
import { useExports } from "./queries";
import { RequestForm } from "./RequestForm";
import { ScheduleForm } from "./ScheduleForm";
import { Warehouses } from "./Warehouses";

/** Events as files: each day by itself, or the days that somebody asks for. */
export function ExportsScreen() {
  const { t } = useSpeech();
  const exports = useExports();
  const retry = () => void exports.refetch();
  const newest = exports.data?.pages[0];

  return (
    <Page title={t("exports.title")} intro={t("exports.intro")}>
      {exports.isPending && <Waiting />}
      {exports.isError &&
        (newest === undefined ? (
          <Panel>
            <Failed error={exports.error} onRetry={retry} />
          </Panel>
        ) : (
          <Stale onRetry={retry} />
        ))}
      {newest !== undefined && (
        <>
          <div className={classes.forms}>
            <ScheduleForm
              // What somebody else has set in the meantime begins the form anew.
              key={JSON.stringify({ ...newest.schedule, lastDay: null, lastError: null })}
              schedule={newest.schedule}
              s3Configured={newest.s3Configured}
            />
            <RequestForm s3Configured={newest.s3Configured} />
          </div>
          <Made exports={exports} />
          <Warehouses schedule={newest.schedule} />
        </>
      )}
    </Page>
  );
}

function Made({ exports }: { exports: ReturnType<typeof useExports> }) {
  const { t } = useSpeech();
  const items = exports.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel flush title={t("exports.made")} hint={t("exports.madeHint")}>
      {items.length === 0 ? (
        <Empty
          icon={<IconFileExport size={28} />}
          title={t("exports.empty")}
          text={t("exports.emptyHint")}
        />
      ) : (
        <ul className={classes.list}>
          {items.map((one) => (
            <ExportRow key={one.id} made={one} />
          ))}
        </ul>
      )}
      {exports.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={exports.isFetchingNextPage}
            onClick={() => void exports.fetchNextPage()}
          >
            {t("exports.older")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Waiting() {
  return (
    <>
      <Panel>
        <Skeleton height={240} />
      </Panel>
      <Panel>
        <Skeleton height={240} />
      </Panel>
    </>
  );
}
