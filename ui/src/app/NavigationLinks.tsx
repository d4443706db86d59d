import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useMe } from "../api/queries";
import { FiringCount } from "../features/alerts/FiringSigns";
import { PausedCount } from "../features/conversions/PausedCount";
import { UnreadCount } from "../features/inbox/UnreadCount";
import { OpenCount } from "../features/linking/OpenCount";
import { useSpeech } from "../lib/i18n";
import { sectionsFor } from "./navigation";
import classes from "./Shell.module.css";

export function NavigationLinks({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useSpeech();
  const { user } = useMe();
  const list = useRef<HTMLDivElement>(null);
  const here = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    // There is more of it than fits: where somebody is, they see.
    list.current
      ?.querySelector(`[aria-current="page"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [here]);
  return (
    <div ref={list}>
      {sectionsFor(user.role).map((section) => (
        <div key={section.label} className={classes.section}>
          <div className={classes.sectionLabel} id={section.label}>
            {t(section.label)}
          </div>
          <ul className={classes.links} aria-labelledby={section.label}>
            {section.items.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={classes.link}
                  activeOptions={{ exact: to === "/", includeSearch: false }}
                  onClick={onNavigate}
                >
                  <Icon size={19} stroke={1.8} aria-hidden="true" />
                  {t(label)}
                  {to === "/alerts" && <FiringCount />}
                  {to === "/conversions" && <PausedCount />}
                  {to === "/inbox" && <UnreadCount />}
                  {to === "/linking" && <OpenCount />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
