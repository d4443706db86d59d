import { Button, Group, Skeleton } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import type { Cliente } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { Page } from "../../../components/Page";
import { Panel } from "../../../components/Panel";
import { Empty, Failed, Stale } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import type { SocketStatus } from "../../../lib/socket";
import { BellMenu } from "../BellMenu";
import { useBells } from "../bells";
import type { MyFilters } from "../filters";
import { useDeskNews } from "../news";
import { OfflineBanner } from "../OfflineBanner";
import { lookAgain, mineQuery } from "../queries";
import { stepClientes, useKeys } from "../useKeys";
import classes from "./Asesor.module.css";
import { unkeptAnswers } from "./keeper";
import type { Lost } from "./lost";
import { LostNotice } from "./LostNotice";
import { MyRow } from "./MyRow";
import { PresenceMenu } from "./PresenceMenu";
import { useWarnings } from "./useWarnings";
import { Wizard } from "./Wizard";

interface MyClientsProps {
  filters: MyFilters;
  onFilters: (filters: MyFilters) => void;
  live: SocketStatus;
  /** What else is known of somebody, beside the wizard. */
  beside: (cliente: number) => ReactNode;
}

interface Loss {
  id: number;
  lost: Lost;
  name: string;
  unkept: boolean;
}

/** What an advisor has to do, the most urgent first, and one of them in hand. */
export function MyClients({ filters, onFilters, live, beside }: MyClientsProps) {
  const { t } = useSpeech();
  const me = useMe().user;
  const queries = useQueryClient();
  const bells = useBells();
  const mine = useInfiniteQuery(mineQuery());
  const clientes = mine.data?.pages.flatMap(({ items }) => items) ?? [];
  const [loss, setLoss] = useState<Loss>();
  const { cliente: opened } = filters;

  useWarnings(clientes, bells);
  useDeskNews((news) => {
    const given = news.type === "CLIENT_REASSIGNED" && news.asesorId === me.id;
    if (given) bells.ring(t("desk.ring.given"), String(news.clienteId));
  });
  useKeys((key) => {
    if (key === "j" || key === "k") stepClientes(key === "j" ? 1 : -1);
    else if (key === "Escape" && opened !== undefined) close();
    else return false;
    return true;
  });

  function open(cliente: number): void {
    setLoss(undefined);
    onFilters({ cliente });
  }
  function close(): void {
    onFilters({});
    requestAnimationFrame(() =>
      document.getElementById(`cliente-${String(opened)}`)?.focus(),
    );
  }
  function lose(id: number, lost: Lost, cliente: Cliente | undefined): void {
    const unkept = unkeptAnswers(me.id, id) !== undefined;
    const name = cliente?.nombre ?? t("desk.cliente", { id: String(id) });
    setLoss({ id, lost, name, unkept });
    onFilters({});
  }

  return (
    <Page
      wide
      title={t("desk.mine")}
      intro={t("desk.mineIntro")}
      actions={
        <Group gap="xs">
          <PresenceMenu />
          <BellMenu bells={bells} />
        </Group>
      }
    >
      <OfflineBanner onRetry={() => lookAgain(queries)} />
      {loss !== undefined && <LostNotice {...loss} onClose={() => setLoss(undefined)} />}
      <div className={classes.layout} data-open={opened !== undefined || undefined}>
        <div className={classes.mine}>
          {mine.isError && mine.data !== undefined && (
            <Stale onRetry={() => void mine.refetch()} />
          )}
          <Panel flush>
            {mine.isPending && <Skeleton height={220} m="md" w="auto" />}
            {mine.isError && mine.data === undefined && (
              <Failed error={mine.error} onRetry={() => void mine.refetch()} />
            )}
            {mine.data !== undefined && clientes.length === 0 && (
              <Empty
                icon={<IconMoodSmile size={28} />}
                title={t("desk.nothingToDo")}
                text={t("desk.nothingToDoHint")}
              />
            )}
            <ul className={classes.rows}>
              {clientes.map((cliente) => (
                <MyRow
                  key={cliente.id}
                  cliente={cliente}
                  opened={cliente.id === opened}
                  onOpen={() => open(cliente.id)}
                />
              ))}
            </ul>
            {mine.hasNextPage && (
              <Button
                variant="subtle"
                fullWidth
                loading={mine.isFetchingNextPage}
                onClick={() => void mine.fetchNextPage()}
              >
                {t("desk.more")}
              </Button>
            )}
          </Panel>
        </div>
        {opened !== undefined && (
          <>
            <div className={classes.wizard}>
              <Wizard
                key={opened}
                id={opened}
                live={live}
                onClose={close}
                onLost={(lost, cliente) => lose(opened, lost, cliente)}
              />
            </div>
            <div className={classes.beside}>{beside(opened)}</div>
          </>
        )}
      </div>
    </Page>
  );
}
