import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconBookmarkPlus,
  IconDeviceFloppy,
  IconDots,
  IconHome,
  IconPencil,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import { useState } from "react";

import type { DeskView } from "../../../api/model";
import { ColumnChooser } from "../../../components/ColumnChooser";
import { useOffer } from "../../../components/offer";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { COLUMNS, columnsOf, USUAL_COLUMNS } from "../columns";
import type { DeskFilters } from "../filters";
import { HEADS } from "./ClienteCell";
import classes from "./Views.module.css";
import { ViewDialog, type Named } from "./ViewDialog";
import {
  filtersOf,
  isAs,
  termsOf,
  useAddView,
  useChangeView,
  useDeleteView,
  useRestoreView,
  useSetDefaultView,
  useViews,
} from "./views";

interface ViewBarProps {
  filters: DeskFilters;
  onFilters: (filters: DeskFilters) => void;
}

/** Views that everybody needs, and those that somebody saved. */
export function useShownViews(): readonly (readonly [string, DeskFilters])[] {
  const { t } = useSpeech();
  const { views } = useViews();
  return [
    [t("desk.views.all"), {}],
    [t("desk.views.waiting"), { status: ["nuevo", "no_gestionado"] }],
    [t("desk.views.running"), { status: ["derivado", "en_gestion"] }],
    ...views.map((view) => [view.name, filtersOf(view)] as const),
  ];
}

/** One press, or the digit of its place, shows the list as a view has it. */
export function ViewBar({ filters, onFilters }: ViewBarProps) {
  const { t } = useSpeech();
  const { views, defaultId } = useViews();
  const shown = useShownViews();
  const current = views.find(({ id }) => id === filters.saved);
  const changed = current !== undefined && !isAs(filters, filtersOf(current));
  return (
    <div className={classes.bar}>
      <div className={classes.views} role="group" aria-label={t("desk.views")}>
        {shown.map(([name, kept], place) => {
          const view = views.find(({ id }) => id === kept.saved);
          const pressed =
            current?.id === kept.saved && (view !== undefined || isAs(filters, kept));
          return (
            <button
              key={kept.saved ?? place}
              type="button"
              className={classes.view}
              aria-pressed={pressed}
              onClick={() => onFilters(kept)}
            >
              {name}
              {pressed && changed && <span title={t("desk.views.changed")}> *</span>}
              {view?.shared === true && (
                <IconUsers size={14} role="img" aria-label={t("desk.views.shared")} />
              )}
              {view?.id === defaultId && (
                <IconHome size={14} role="img" aria-label={t("desk.views.default")} />
              )}
            </button>
          );
        })}
      </div>
      <ViewActions
        filters={filters}
        onFilters={onFilters}
        current={current}
        changed={changed}
      />
    </div>
  );
}

interface ViewActionsProps extends ViewBarProps {
  current: DeskView | undefined;
  changed: boolean;
}

function ViewActions({ filters, onFilters, current, changed }: ViewActionsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const add = useAddView();
  const change = useChangeView();
  const drop = useDropView({ filters, onFilters });
  const [naming, setNaming] = useState<"new" | "rename">();
  const close = () => setNaming(undefined);

  function name(given: Named): void {
    if (naming === "rename" && current !== undefined) {
      change.mutate(
        { id: current.id, changes: given },
        { onSuccess: close, onError: toasts.failed },
      );
      return;
    }
    add.mutate(
      { ...given, terms: termsOf(filters) },
      {
        onSuccess: (view) => {
          close();
          onFilters({ ...filters, saved: view.id });
        },
        onError: toasts.failed,
      },
    );
  }

  return (
    <div className={classes.actions}>
      {current?.mine === true && changed && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconDeviceFloppy size={14} aria-hidden="true" />}
          loading={change.isPending}
          onClick={() =>
            change.mutate(
              { id: current.id, changes: { terms: termsOf(filters) } },
              { onSuccess: toasts.saved, onError: toasts.failed },
            )
          }
        >
          {t("desk.views.update")}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconBookmarkPlus size={14} aria-hidden="true" />}
        onClick={() => setNaming("new")}
      >
        {t("desk.views.save")}
      </Button>
      {filters.view === undefined && (
        <ColumnChooser
          compact
          label={t("desk.columns")}
          choices={COLUMNS.map((value) => ({ value, label: t(HEADS[value]) }))}
          columns={filters.columns ?? USUAL_COLUMNS}
          onColumns={(names) => onFilters({ ...filters, columns: columnsOf(names) })}
        />
      )}
      {current !== undefined && (
        <ViewMenu
          view={current}
          onRename={() => setNaming("rename")}
          onDelete={() => drop(current)}
        />
      )}
      <ViewDialog
        opened={naming !== undefined}
        view={naming === "rename" ? current : undefined}
        busy={add.isPending || change.isPending}
        onClose={close}
        onName={name}
      />
    </div>
  );
}

/** Deletes a view, and offers to bring it back. */
function useDropView({ filters, onFilters }: ViewBarProps): (view: DeskView) => void {
  const { t } = useSpeech();
  const toasts = useToasts();
  const offer = useOffer();
  const remove = useDeleteView();
  const restore = useRestoreView();
  return ({ id, name }) => {
    const back = () =>
      restore.mutate(id, {
        onSuccess: () => onFilters({ ...filters, saved: id }),
        onError: toasts.failed,
      });
    remove.mutate(id, {
      onSuccess: () => {
        onFilters({ ...filters, saved: undefined });
        offer({
          message: t("desk.views.deleted", { name }),
          label: t("action.undo"),
          onTake: back,
        });
      },
      onError: toasts.failed,
    });
  };
}

interface ViewMenuProps {
  view: DeskView;
  onRename: () => void;
  onDelete: () => void;
}

function ViewMenu({ view, onRename, onDelete }: ViewMenuProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const { defaultId } = useViews();
  const setDefault = useSetDefaultView();
  const begins = defaultId === view.id;

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("desk.views.more", { name: view.name })}
        >
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconHome size={16} aria-hidden="true" />}
          onClick={() =>
            setDefault.mutate(begins ? null : view.id, {
              onSuccess: toasts.saved,
              onError: toasts.failed,
            })
          }
        >
          {t(begins ? "desk.views.noDefault" : "desk.views.makeDefault")}
        </Menu.Item>
        {view.mine && (
          <>
            <Menu.Item
              leftSection={<IconPencil size={16} aria-hidden="true" />}
              onClick={onRename}
            >
              {t("desk.views.rename")}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              onClick={onDelete}
            >
              {t("desk.views.delete")}
            </Menu.Item>
          </>
        )}
        {!view.mine && (
          <Menu.Label>{t("desk.views.of", { name: view.owner.name })}</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
