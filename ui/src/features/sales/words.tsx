import { Badge } from "@mantine/core";

import type { Charge, Sale } from "../../api/model";
import { useSpeech } from "../../lib/i18n";

type Status = Sale["status"] | Charge["status"];

const COLORS: Readonly<Partial<Record<Status, string>>> = {
  paid: "teal",
  pending: "orange",
  open: "orange",
  creating: "orange",
  charged_back: "red",
  refused: "red",
  failed: "red",
  unknown: "red",
};

export function SaleSign({ status }: { status: Status }) {
  const { t } = useSpeech();
  return (
    <Badge variant="light" color={COLORS[status] ?? "gray"} tt="none">
      {t(`sales.status.${status}`)}
    </Badge>
  );
}
