import type { SessionEvent } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import { showTime } from "../../../lib/time";
import { pageOf } from "./entries";
import { EventSign } from "./icons";
import classes from "./Timeline.module.css";
import { useEventWords } from "./words";

interface EventRowProps {
  event: SessionEvent;
  /** The one above it, whose time need not be said again. */
  above: SessionEvent | undefined;
}

/** One thing that was done on a page. */
export function EventRow({ event, above }: EventRowProps) {
  const { locale, number } = useSpeech();
  const { tenant } = useMe();
  const eventWords = useEventWords();
  const time = showTime(locale, tenant.timeZone, event.at);
  const said =
    above !== undefined && showTime(locale, tenant.timeZone, above.at) === time;
  const { words, about } = eventWords(event);
  const page = event.url === "" ? "" : pageOf(event.url);
  return (
    <li className={classes.event} data-weight={weightOf(event.eventType)}>
      <time className="number" dateTime={event.at} data-said={said || undefined}>
        {time}
      </time>
      <EventSign eventType={event.eventType} />
      <span className={classes.what}>
        {words}
        {about !== "" && <strong>{about}</strong>}
        {event.count > 1 && ` ×${number(event.count)}`}
        {event.eventType === "PAGE_VIEW" && page !== "" && (
          <span className={classes.page}>{page}</span>
        )}
      </span>
    </li>
  );
}

/** What a seller looks for, and what is only there to be complete. */
function weightOf(eventType: string): "strong" | "faint" | undefined {
  if (/PURCHASE|FORM_SUBMIT|ADD_TO_CART|LEAD|CHECKOUT/.test(eventType)) return "strong";
  if (/SCROLL|MOUSE|HEARTBEAT/.test(eventType)) return "faint";
  return undefined;
}
