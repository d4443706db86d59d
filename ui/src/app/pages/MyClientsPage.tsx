import { Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { Panel } from "../../components/Panel";
import { Timeline } from "../../features/contacts/timeline/Timeline";
import { MyClients } from "../../features/desk/asesor/MyClients";
import { History } from "../../features/desk/History";
import { clienteQuery } from "../../features/desk/queries";
import { TalkBeside } from "../../features/inbox/TalkBeside";
import { useSpeech } from "../../lib/i18n";
import { useLiveStatus } from "../live";

const route = getRouteApi("/signed-in/my-clients");

export function MyClientsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <MyClients
      filters={filters}
      live={useLiveStatus()}
      onFilters={(search) => void navigate({ search, resetScroll: false })}
      beside={(cliente) => <Beside key={cliente} id={cliente} />}
    />
  );
}

/** What is known of somebody, beside the wizard. */
function Beside({ id }: { id: number }) {
  const { t } = useSpeech();
  const live = useLiveStatus();
  // The wizard fetches it, once the cliente is in hand.
  const cliente = useQuery({ ...clienteQuery(id), enabled: false }).data;
  if (cliente === undefined) return null;
  const contact = cliente.contact_id;
  const nobody = (
    <Text size="sm" c="dimmed" pt="md">
      {t("desk.beside.nobody")}
    </Text>
  );
  return (
    <Tabs defaultValue="timeline" keepMounted={false} aria-label={t("desk.beside")}>
      <Tabs.List>
        <Tabs.Tab value="timeline">{t("desk.beside.timeline")}</Tabs.Tab>
        <Tabs.Tab value="chat">{t("desk.beside.chat")}</Tabs.Tab>
        <Tabs.Tab value="history">{t("desk.beside.history")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline" pt="md">
        {contact === null ? nobody : <Timeline contactId={contact} />}
      </Tabs.Panel>
      <Tabs.Panel value="chat" pt="md">
        <Panel>
          {contact === null ? nobody : <TalkBeside contactId={contact} live={live} />}
        </Panel>
      </Tabs.Panel>
      <Tabs.Panel value="history" pt="md">
        <Panel>
          <History id={id} />
        </Panel>
      </Tabs.Panel>
    </Tabs>
  );
}
