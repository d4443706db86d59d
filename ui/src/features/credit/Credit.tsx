import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { ApiError } from "../../api/client";
import type { CreditedTo } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import classes from "./Credit.module.css";
import { creditQuery, type Credited } from "./queries";

const METHODS = ["start", "code", "ctwa", "token", "visitor", "contact"] as const;

/** Which click earned a result, and where was looked for it, step by step. */
export function Credit({ kind, id }: { kind: Credited; id: string }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const found = useQuery(creditQuery(kind, id));
  if (found.isPending) return <Skeleton height={90} />;
  if (found.isError) {
    const isOpen = found.error instanceof ApiError && found.error.status === 404;
    return (
      <Text size="sm" c="dimmed">
        {isOpen ? t("credit.unknown") : errorText(found.error)}
      </Text>
    );
  }
  return <Known credit={found.data} />;
}

function Known({ credit }: { credit: CreditedTo }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const method = oneOf(METHODS, credit.method);
  const { clickAt } = credit;
  const said = [
    clickAt &&
      t("report.clickedAt", { at: showMoment(locale, tenant.timeZone, clickAt) }),
    method && t(`credit.method.${method}`),
  ];
  return (
    <div>
      <Text size="sm">
        {method === undefined ? t("credit.none") : said.filter(Boolean).join(" · ")}
      </Text>
      <Advertised credit={credit} />
      <ol className={classes.steps}>
        {credit.steps.map(({ place, finding, found }) => (
          <li key={place} data-taken={finding === "taken" || undefined}>
            <strong>{t(`credit.place.${place}`)}</strong>{" "}
            {t(`credit.finding.${finding}`, { count: found })}
          </li>
        ))}
      </ol>
    </div>
  );
}

const LEVELS = ["campaign", "adset", "ad"] as const;

/** By what people call it, with the platform's id behind it. */
function Advertised({ credit }: { credit: CreditedTo }) {
  const { t } = useSpeech();
  const known = LEVELS.filter((level) => credit[level] !== null);
  if (known.length === 0) return null;
  return (
    <dl className={classes.levels}>
      {known.map((level) => {
        const name = credit[`${level}Name`];
        return (
          <div key={level}>
            <dt>{t(`report.by.${level}`)}</dt>
            <dd>
              {name ?? credit[level]}
              {name !== null && <span className={classes.id}> {credit[level]}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
