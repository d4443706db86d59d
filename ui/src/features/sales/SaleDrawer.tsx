import { Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { SaleDetail } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import { Credit } from "../credit/Credit";
import { ChargeBox } from "./ChargeBox";
import { useMoney } from "./money";
import { saleQuery } from "./queries";
import { SaleActions } from "./SaleActions";
import classes from "./Sales.module.css";
import { SaleSign } from "./words";

interface SaleDrawerProps {
  id: string | undefined;
  onClose: () => void;
}

/** One sale: how it is, how it can be paid, and why it is so. */
export function SaleDrawer({ id, onClose }: SaleDrawerProps) {
  const { t } = useSpeech();
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={t("sales.one")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {id !== undefined && <Loaded id={id} />}
    </Drawer>
  );
}

function Loaded({ id }: { id: string }) {
  const sale = useQuery(saleQuery(id));
  if (sale.isPending) return <Skeleton height={300} />;
  if (sale.data === undefined) {
    return <Failed error={sale.error} onRetry={() => void sale.refetch()} />;
  }
  return (
    <Stack gap="lg">
      <Head sale={sale.data} />
      <SaleActions sale={sale.data} />
      <Charges sale={sale.data} />
      <Earned sale={sale.data} />
      <Bought sale={sale.data} />
      <History sale={sale.data} />
    </Stack>
  );
}

function Head({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  const money = useMoney();
  const who = sale.contactName ?? sale.buyer.name ?? sale.buyer.email;
  return (
    <div>
      <Group gap="sm">
        <Text fz={28} fw={680} className="number">
          {money(sale.amountCents, sale.currency)}
        </Text>
        <SaleSign status={sale.status} />
      </Group>
      {sale.refundedCents > 0 && (
        <Text size="sm">
          {t("sales.back", { amount: money(sale.refundedCents, sale.currency) })}
        </Text>
      )}
      {sale.description !== null && (
        <Text size="sm" className={classes.id}>
          {sale.description}
        </Text>
      )}
      {sale.contactId !== null ? (
        <LinkText
          to="/contacts/$contactId"
          params={{ contactId: sale.contactId }}
          size="sm"
        >
          {who ?? t("sales.contact")}
        </LinkText>
      ) : (
        <Text size="sm" c="dimmed">
          {who ?? t("sales.nobody")}
        </Text>
      )}
      <Text size="xs" c="dimmed" className={classes.id}>
        {[t(`sales.source.${sale.source}`), sale.externalId].filter(Boolean).join(" · ")}
      </Text>
    </div>
  );
}

function Charges({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  if (sale.charges.length === 0) return null;
  return (
    <Stack gap="md" component="section">
      <Title order={3}>{t("sales.payment")}</Title>
      {sale.charges.map((charge) => (
        <ChargeBox key={charge.id} charge={charge} />
      ))}
    </Stack>
  );
}

/** By which click, and whom it was told. */
function Earned({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t("credit.title")}</Title>
      <Credit kind="sale" id={sale.id} />
      <LinkText to="/conversions" search={{ sale: sale.id }} size="sm">
        {t("sales.told")}
      </LinkText>
    </Stack>
  );
}

function Bought({ sale }: { sale: SaleDetail }) {
  const { t } = useSpeech();
  const money = useMoney();
  if (sale.items.length === 0) return null;
  return (
    <section>
      <Title order={3}>{t("sales.items")}</Title>
      <ul className={classes.lines}>
        {sale.items.map((item, place) => (
          <li key={place} className={classes.line}>
            <Text size="sm">
              {item.quantity} × {item.name ?? item.id ?? "–"}
            </Text>
            {item.priceCents != null && (
              <Text size="sm" className="number">
                {money(item.priceCents, sale.currency)}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOVES = [
  "report",
  "pay",
  "refund_part",
  "refund",
  "charge_back",
  "reverse",
  "cancel",
  "refuse",
  "expire",
] as const;

/** Each step, with who said so and what shows it. */
function History({ sale }: { sale: SaleDetail }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const money = useMoney();
  return (
    <section>
      <Title order={3}>{t("sales.history")}</Title>
      <ol className={classes.lines}>
        {sale.changes.map((one) => (
          <li key={one.id} className={classes.line}>
            <div>
              <Text size="sm" fw={560}>
                {t(`sales.move.${oneOf(MOVES, one.move) ?? "report"}`)}
              </Text>
              <Text size="xs" c="dimmed">
                {showMoment(locale, tenant.timeZone, one.at)} ·{" "}
                {one.actorName ?? t(`sales.by.${one.actorKind}`)}
              </Text>
              {one.why !== null && <Text size="sm">{one.why}</Text>}
              {Object.entries(one.evidence).map(([name, value]) => (
                <Text key={name} size="xs" c="dimmed" className={classes.id}>
                  {name}: {value}
                </Text>
              ))}
            </div>
            <Text size="sm" className="number">
              {money(one.amountCents, sale.currency)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
