import { Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ReceivedDetail, ReceivedWebhook } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./Crm.module.css";
import { whyNoVisitor } from "./payload";
import { oneReceivedQuery } from "./queries";
import { useAge } from "./words";

interface CheckedProps {
  sourceId: string;
  /** What came last; absent while nothing has. */
  last: ReceivedWebhook | undefined;
}

const SIGNS = {
  good: <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" />,
  bad: <IconAlertTriangle size={18} color="var(--mantine-color-orange-6)" />,
  wait: <IconClock size={18} color="var(--mantine-color-dimmed)" />,
};

function Sign({ how, children }: { how: keyof typeof SIGNS; children: ReactNode }) {
  return (
    <div className={classes.check} role="status">
      <span aria-hidden="true">{SIGNS[how]}</span>
      <Text size="sm">{children}</Text>
    </div>
  );
}

export function CameCheck({ last }: CheckedProps) {
  const { t } = useSpeech();
  if (last === undefined) return <Sign how="wait">{t("crm.check.none")}</Sign>;
  return (
    <Sign how="good">
      <Came at={last.receivedAt} />
    </Sign>
  );
}

function Came({ at }: { at: string }) {
  const { t } = useSpeech();
  return t("crm.check.came", { age: useAge(at) });
}

export function VisitorCheck({ sourceId, last }: CheckedProps) {
  if (last === undefined) return null;
  return <Whole sourceId={sourceId} last={last} show={(one) => <Visitor one={one} />} />;
}

export function PersonCheck({ sourceId, last }: CheckedProps) {
  if (last === undefined) return null;
  return <Whole sourceId={sourceId} last={last} show={(one) => <Person one={one} />} />;
}

interface WholeProps {
  sourceId: string;
  last: ReceivedWebhook;
  show: (one: ReceivedDetail) => ReactNode;
}

function Whole({ sourceId, last, show }: WholeProps) {
  const one = useQuery(oneReceivedQuery(sourceId, last));
  return one.data === undefined ? null : show(one.data);
}

function Visitor({ one }: { one: ReceivedDetail }) {
  const { t } = useSpeech();
  const visitor = one.visitorId ?? one.read?.visitorId;
  if (typeof visitor === "string") {
    return <Sign how="good">{t("crm.check.visitor", { visitor })}</Sign>;
  }
  if (!one.hasBody) return null;
  return <Sign how="bad">{t(`crm.check.${whyNoVisitor(one.payload)}`)}</Sign>;
}

function Person({ one }: { one: ReceivedDetail }) {
  const { t } = useSpeech();
  if (one.read === null) return null;
  const named = typeof one.read.ignored !== "string";
  return (
    <Sign how={named ? "good" : "bad"}>
      {t(named ? "crm.check.person" : "crm.check.nobody")}
    </Sign>
  );
}
