import { Button, Drawer, Group, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { Page } from "../../../components/Page";
import { Panel } from "../../../components/Panel";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { BellMenu } from "../BellMenu";
import { useBells } from "../bells";
import type { DeskFilters } from "../filters";
import { OfflineBanner } from "../OfflineBanner";
import { asesoresQuery, lookAgain } from "../queries";
import { focusedCliente, stepClientes, useKeys } from "../useKeys";
import { AsesorList } from "./AsesorList";
import { AssignDialog } from "./AssignDialog";
import { BulkBar } from "./BulkBar";
import { ClienteDrawer } from "./ClienteDrawer";
import { DeskList } from "./DeskList";
import { FilesMenu } from "./FilesMenu";
import { NewClienteDialog } from "./NewClienteDialog";
import { MarkTabs } from "./MarkTabs";
import { StatusTabs } from "./StatusTabs";
import classes from "./Gtr.module.css";
import { useAssigning } from "./useAssigning";
import { useRings } from "./useRings";
import { useSelection } from "./useSelection";
import { useShownViews, ViewBar } from "./ViewBar";
import { useDefaultView } from "./views";

interface DeskScreenProps {
  filters: DeskFilters;
  onFilters: (filters: DeskFilters) => void;
}

/** The places of the first views. */
const DIGIT = /^[1-9]$/;

/** All clientes of the company, for those who give them out. */
export function DeskScreen({ filters, onFilters }: DeskScreenProps) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const away = useAway();
  const bells = useBells();
  const selection = useSelection();
  const assigning = useAssigning();
  const [assigned, setAssigned] = useState<readonly number[]>();
  const [adding, setAdding] = useState(false);
  const wide = useMediaQuery("(min-width: 80em)", true);
  const search = useRef<HTMLInputElement>(null);
  const { view } = filters;
  const views = useShownViews();
  useRings(bells);
  useDefaultView(filters, onFilters);

  const open = (cliente: number | undefined) => onFilters({ ...filters, cliente });
  function give(ids: readonly number[], to: Receiver): void {
    assigning.assign(ids, to);
    selection.set([]);
  }
  function choose(): boolean {
    const focused = focusedCliente();
    const ids = selection.ids.length > 0 ? selection.ids : focused && [focused];
    if (ids) setAssigned(ids);
    return ids !== undefined;
  }
  function show(wanted: DeskFilters | undefined): boolean {
    if (wanted !== undefined) onFilters(wanted);
    return wanted !== undefined;
  }
  function select(): boolean {
    const focused = focusedCliente();
    if (focused !== undefined) selection.toggle(focused);
    return focused !== undefined;
  }

  useKeys((key) => {
    if (key === "j" || key === "k") stepClientes(key === "j" ? 1 : -1);
    else if (key === "/") search.current?.focus();
    else if (key === "a") return choose();
    else if (key === "x") return select();
    else if (key === "u") assigning.undo();
    else if (key === "n") setAdding(!away);
    else if (key === "v")
      onFilters({ ...filters, view: view === "board" ? undefined : "board" });
    else if (key === "Escape") selection.set([]);
    else if (DIGIT.test(key)) return show(views[Number(key) - 1]?.[1]);
    else return false;
    return true;
  });

  const people = (
    <AsesorList
      chosen={filters.asesor}
      onChoose={(asesor) => onFilters({ ...filters, asesor })}
      onGiven={give}
    />
  );

  return (
    <Page
      wide
      title={t("desk.title")}
      intro={t("desk.intro")}
      actions={
        <Group gap="xs">
          <SegmentedControl
            aria-label={t("desk.view")}
            value={view ?? "table"}
            onChange={(next) =>
              onFilters({ ...filters, view: next === "board" ? "board" : undefined })
            }
            data={[
              { value: "table", label: t("desk.view.table") },
              { value: "board", label: t("desk.view.board") },
            ]}
          />
          <FilesMenu filters={filters} />
          <BellMenu bells={bells} />
          {!wide && <PeopleDrawer>{people}</PeopleDrawer>}
          <Button
            leftSection={<IconUserPlus size={16} aria-hidden="true" />}
            disabled={away}
            onClick={() => setAdding(true)}
          >
            {t("desk.new")}
          </Button>
        </Group>
      }
    >
      <OfflineBanner onRetry={() => lookAgain(queries)} />
      <ViewBar filters={filters} onFilters={onFilters} />
      <StatusTabs
        chosen={filters.status}
        onChoose={(status) => onFilters({ ...filters, status })}
      />
      <MarkTabs
        chosen={filters.mark}
        onChoose={(mark) => onFilters({ ...filters, mark })}
      />
      <div className={classes.layout} data-wide={wide || undefined}>
        <DeskList
          filters={filters}
          onFilters={onFilters}
          search={search}
          selection={selection}
          onOpen={open}
          onAssign={setAssigned}
          onAdd={() => setAdding(true)}
        />
        {wide && (
          <aside className={classes.people} aria-label={t("desk.asesores")}>
            <Panel flush title={t("desk.asesores")} hint={t("desk.dropHint")}>
              {people}
            </Panel>
          </aside>
        )}
      </div>
      <BulkBar selection={selection} assigning={assigning} />
      <AssignDialog
        count={assigned?.length}
        onClose={() => setAssigned(undefined)}
        onChosen={(asesor) => give(assigned ?? [], asesor)}
      />
      <NewClienteDialog
        opened={adding}
        onClose={() => setAdding(false)}
        onOpen={(cliente) => {
          setAdding(false);
          open(cliente);
        }}
      />
      <ClienteDrawer
        id={filters.cliente}
        onClose={() => open(undefined)}
        onAssign={setAssigned}
      />
    </Page>
  );
}

interface Receiver {
  id: string;
  name: string;
}

function PeopleDrawer({ children }: { children: React.ReactNode }) {
  const { t, number } = useSpeech();
  const [opened, setOpened] = useState(false);
  const items = useQuery(asesoresQuery()).data?.items ?? [];
  const there = items.filter(({ role, present }) => role === "asesor" && present).length;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconUsers size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {`${t("desk.asesores")} · ${number(there)}`}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size="sm"
        title={t("desk.asesores")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {children}
      </Drawer>
    </>
  );
}
