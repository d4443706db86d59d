import { Button } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import { useToasts } from "../../components/toasts";
import { saveFile } from "../../lib/files";
import { useSpeech } from "../../lib/i18n";
import type { ContactFilters } from "./filters";
import { contactsQuery, useExport } from "./queries";

/** The contacts that are looked for, as a file; there is none of nobody. */
export function ExportButton({ filters }: { filters: ContactFilters }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const found = useInfiniteQuery(contactsQuery(filters)).data?.pages[0]?.items;
  const written = useExport(filters);
  return (
    <Button
      variant="default"
      leftSection={<IconFileExport size={16} aria-hidden="true" />}
      disabled={found?.length === 0}
      loading={written.isPending}
      aria-busy={written.isPending}
      onClick={() =>
        written.mutate(undefined, {
          onSuccess: (file) => saveFile(file, "contacts.csv"),
          onError: toasts.failed,
        })
      }
    >
      {t("import.export")}
    </Button>
  );
}
