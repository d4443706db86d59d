import { Badge, Button, Text } from "@mantine/core";
import { IconPlus, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { Destination } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkButton } from "../../components/links";
import { Facts, Listed, Row } from "../../components/Listed";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import { DestinationActions } from "./DestinationActions";
import { DestinationForm } from "./DestinationForm";
import { destinationsQuery } from "./queries";
import { useSaid } from "./words";

interface DestinationsProps {
  /** Whether a new one is being connected, or which one is changed; it stands in the URL. */
  open: string | undefined;
  onOpen: (which: string | undefined) => void;
}

const NEW = "new";

/** Who is told of sales, and how it goes with each. */
export function DestinationsScreen({ open, onOpen }: DestinationsProps) {
  const { t } = useSpeech();
  const destinations = useQuery(destinationsQuery());
  const changed = destinations.data?.items.find(({ id }) => id === open);
  return (
    <Page
      title={t("nav.destinations")}
      intro={t("dest.intro")}
      actions={
        <Button
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => onOpen(NEW)}
        >
          {t("dest.connect")}
        </Button>
      }
    >
      {destinations.isRefetchError && (
        <Stale onRetry={() => void destinations.refetch()} />
      )}
      <Panel
        flush
        title={t("dest.list")}
        actions={
          <LinkButton to="/conversions" variant="default">
            {t("dest.log")}
          </LinkButton>
        }
      >
        <Listed
          query={destinations}
          empty={{
            icon: <IconSend size={28} />,
            title: t("dest.empty"),
            text: t("dest.emptyHint"),
          }}
          row={(one) => (
            <Row
              key={one.id}
              name={
                <Text fw={560} size="sm">
                  {one.name}
                </Text>
              }
              kind={t(`dest.kind.${one.kind}`)}
              signs={<Signs destination={one} />}
            >
              <Known destination={one} />
              <DestinationActions destination={one} onChange={() => onOpen(one.id)} />
            </Row>
          )}
        />
      </Panel>
      <DestinationForm
        opened={open === NEW || changed !== undefined}
        destination={changed}
        onClose={() => onOpen(undefined)}
      />
    </Page>
  );
}

function Signs({ destination }: { destination: Destination }) {
  const { t } = useSpeech();
  return (
    <>
      {destination.state !== "on" && (
        <Badge
          size="sm"
          color={destination.state === "paused" ? "red" : "gray"}
          variant="light"
          tt="none"
        >
          {t(`dest.state.${destination.state}`)}
        </Badge>
      )}
      {destination.testCode !== null && (
        <Badge size="sm" color="yellow" variant="light" tt="none">
          {t("dest.testing", { code: destination.testCode })}
        </Badge>
      )}
    </>
  );
}

function Known({ destination }: { destination: Destination }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const said = useSaid();
  const { lastSentAt, waiting, pausedWhy } = destination;
  return (
    <>
      {pausedWhy !== null && (
        <Text size="sm" fw={560}>
          {said(pausedWhy)}
        </Text>
      )}
      <Facts>
        <span>
          {lastSentAt === null
            ? t("dest.never")
            : t("dest.last", { time: showMoment(locale, tenant.timeZone, lastSentAt) })}
        </span>
        <span>{t("dest.waiting", { count: waiting })}</span>
        <span>{destination.events.map((one) => t(`conv.name.${one}`)).join(", ")}</span>
      </Facts>
    </>
  );
}
