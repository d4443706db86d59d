import { ActionIcon, Modal } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconX,
} from "@tabler/icons-react";
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  type ReactNode,
} from "react";

import type { ChatMessage } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import { showMoment } from "../../../lib/time";
import { useKindWord } from "../words";
import classes from "./Media.module.css";
import { mediaPath } from "./queries";

const ViewerContext = createContext<(message: string) => void>(() => undefined);

/** Shows the picture or video of a message large. */
export function useViewer(): (message: string) => void {
  return use(ViewerContext);
}

const SHOWN = ["image", "video"];

interface ViewerProps {
  messages: readonly ChatMessage[];
  children: ReactNode;
}

/** Pictures and videos of a conversation, one after the other. */
export function Viewer({ messages, children }: ViewerProps) {
  const [open, setOpen] = useState<string>();
  const shown = useMemo(
    () =>
      messages.filter(
        ({ kind, content, deletedAt }) =>
          SHOWN.includes(kind) && content.media && deletedAt === null,
      ),
    [messages],
  );
  const at = shown.findIndex(({ id }) => id === open);
  const go = (by: number) => setOpen(shown[at + by]?.id ?? open);
  return (
    <ViewerContext value={setOpen}>
      {children}
      {shown[at] !== undefined && (
        <Large
          message={shown[at]}
          onPrevious={at > 0 ? () => go(-1) : undefined}
          onNext={at < shown.length - 1 ? () => go(1) : undefined}
          onClose={() => setOpen(undefined)}
        />
      )}
    </ViewerContext>
  );
}

interface LargeProps {
  message: ChatMessage;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

function Large({ message, onPrevious, onNext, onClose }: LargeProps) {
  const { t, locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  const kindWord = useKindWord();
  const { id, kind, content } = message;
  const what = content.media?.filename ?? kindWord(kind);
  const who = message.author?.name ?? message.person?.name;
  const moment = showMoment(locale, timeZone, message.at);
  useArrows(onPrevious, onNext);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      fullScreen
      classNames={{ content: classes.viewer }}
    >
      <Modal.Content aria-label={what}>
        <div className={classes.viewerHead}>
          <div className={classes.viewerTitle}>
            {who === undefined || who === null || who === ""
              ? moment
              : `${who} · ${moment}`}
          </div>
          <ActionIcon
            component="a"
            href={mediaPath(id)}
            download={content.media?.filename ?? kind}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("inbox.download")}
          >
            <IconDownload size={19} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            data-autofocus
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("action.close")}
            onClick={onClose}
          >
            <IconX size={19} aria-hidden="true" />
          </ActionIcon>
        </div>
        <div className={classes.viewerPlace}>
          <Step label={t("inbox.previous")} onClick={onPrevious}>
            <IconChevronLeft size={24} aria-hidden="true" />
          </Step>
          {kind === "video" ? (
            <video key={id} src={mediaPath(id)} controls autoPlay aria-label={what}>
              <track kind="captions" />
            </video>
          ) : (
            <img key={id} src={mediaPath(id)} alt={content.media?.caption ?? what} />
          )}
          <Step label={t("inbox.next")} onClick={onNext}>
            <IconChevronRight size={24} aria-hidden="true" />
          </Step>
        </div>
        {message.text && <div className={classes.viewerText}>{message.text}</div>}
      </Modal.Content>
    </Modal.Root>
  );
}

function useArrows(
  onPrevious: (() => void) | undefined,
  onNext: (() => void) | undefined,
): void {
  const press = useEffectEvent(({ key, target }: KeyboardEvent) => {
    // A video is gone through by the same keys.
    if (target instanceof HTMLVideoElement) return;
    if (key === "ArrowLeft") onPrevious?.();
    if (key === "ArrowRight") onNext?.();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

interface StepProps {
  label: string;
  onClick: (() => void) | undefined;
  children: ReactNode;
}

function Step({ label, onClick, children }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      radius="xl"
      aria-label={label}
      disabled={onClick === undefined}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
