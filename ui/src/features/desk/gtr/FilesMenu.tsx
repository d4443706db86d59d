import { ActionIcon, Menu } from "@mantine/core";
import { IconFileExport, IconFileImport, IconFileTypeCsv } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { saveFile } from "../../../lib/files";
import { useSpeech } from "../../../lib/i18n";
import type { DeskFilters } from "../filters";
import { useExport } from "../imports/queries";
import { wantedOf } from "../queries";

/** Clientes from a spreadsheet, and the list as one. */
export function FilesMenu({ filters }: { filters: DeskFilters }) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const navigate = useNavigate();
  const written = useExport(wantedOf(filters, tenant.timeZone));
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("deskImport.files")}
          title={t("deskImport.files")}
          loading={written.isPending}
        >
          <IconFileTypeCsv size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFileImport size={16} aria-hidden="true" />}
          onClick={() => void navigate({ to: "/desk/import" })}
        >
          {t("deskImport.import")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={16} aria-hidden="true" />}
          onClick={() =>
            written.mutate(undefined, {
              onSuccess: (file) => saveFile(file, "clientes.csv"),
              onError: toasts.failed,
            })
          }
        >
          {t("deskImport.export")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
