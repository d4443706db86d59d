import type { CSSProperties } from "react";

import type { SaleFigures } from "../../api/model";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import cards from "../../components/Cards.module.css";
import classes from "./Report.module.css";
import { rate, useWritten } from "./shown";

const partOf = (part: number) =>
  ({ "--part": `${String(part * 100)}%` }) as CSSProperties;

const STEPS = ["clicks", "contacts", "conversations", "leads", "sales"] as const;

/** How many of a step went on to the next, as far as it is known. */
export function Funnel({ figures }: { figures: SaleFigures }) {
  const { t } = useSpeech();
  const written = useWritten("USD");
  const most = Math.max(1, ...STEPS.map((step) => figures[step]));
  return (
    <Panel title={t("report.funnel")} hint={t("report.funnelHint")}>
      <ol className={classes.funnel}>
        {STEPS.map((step) => (
          <li key={step}>
            <span className={cards.name}>{t(`report.metric.${step}`)}</span>
            <strong className="number">{written.figure(step, figures[step])}</strong>
            <span
              className={classes.bar}
              style={partOf(figures[step] / most)}
              aria-hidden="true"
            />
            <span className={`number ${classes.rate ?? ""}`}>
              {step === "clicks" || figures.clicks === 0
                ? "\u00a0"
                : t("report.ofClicks", {
                    rate: written.percent(rate(figures[step], figures.clicks)),
                  })}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
