import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconFile, IconMicrophone, IconVideo, IconX } from "@tabler/icons-react";

import { useErrorText } from "../../../components/errors";
import { showBytes } from "../../../lib/bytes";
import { useSpeech } from "../../../lib/i18n";
import classes from "./Compose.module.css";
import type { Platform, SentKind } from "./files";
import type { Attachment } from "./useAttachments";

interface AttachmentsProps {
  items: readonly Attachment[];
  platform: Platform;
  onAgain: (id: string) => void;
  onDrop: (id: string) => void;
}

/** What will be sent along, or why it cannot be. */
export function Attachments({ items, platform, onAgain, onDrop }: AttachmentsProps) {
  const { t } = useSpeech();
  if (items.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t("inbox.attached")}>
      {items.map((one) => (
        <li key={one.id} className={classes.file} data-bad={isBad(one) || undefined}>
          <Look item={one} />
          <div className={classes.fileText}>
            <div className={classes.fileName}>{one.file.name}</div>
            <State item={one} platform={platform} onAgain={onAgain} />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("inbox.detach", { name: one.file.name })}
            onClick={() => onDrop(one.id)}
          >
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function isBad({ refusal, error }: Attachment): boolean {
  return refusal !== undefined || error !== null;
}

const ICONS: Readonly<Partial<Record<SentKind, typeof IconFile>>> = {
  video: IconVideo,
  audio: IconMicrophone,
  voice: IconMicrophone,
};

function Look({ item }: { item: Attachment }) {
  if (item.picture !== undefined) {
    return <img className={classes.fileLook} src={item.picture} alt="" />;
  }
  const Icon = (item.kind && ICONS[item.kind]) ?? IconFile;
  return (
    <span className={classes.fileLook}>
      <Icon size={20} aria-hidden="true" />
    </span>
  );
}

interface StateProps {
  item: Attachment;
  platform: Platform;
  onAgain: (id: string) => void;
}

function State({ item, platform, onAgain }: StateProps) {
  const { t, locale } = useSpeech();
  const errorText = useErrorText();
  const size = showBytes(locale, item.file.size);
  if (item.refusal !== undefined) {
    return (
      <div className={classes.fileBad} role="alert">
        <WhyNot item={item} platform={platform} />
      </div>
    );
  }
  if (item.error !== null) {
    return (
      <div className={classes.fileBad} role="alert">
        {errorText(item.error)}{" "}
        <Button size="compact-xs" variant="default" onClick={() => onAgain(item.id)}>
          {t("inbox.again")}
        </Button>
      </div>
    );
  }
  if (item.media !== undefined) return <div className={classes.fileHint}>{size}</div>;
  return (
    <Progress
      mt={6}
      size="sm"
      value={item.share * 100}
      aria-label={t("inbox.uploading", { name: item.file.name })}
    />
  );
}

function WhyNot({ item, platform }: { item: Attachment; platform: Platform }) {
  const { t, locale } = useSpeech();
  const { refusal, file } = item;
  const size = showMegabytes(locale, file.size);
  const most = showMegabytes(locale, refusal?.most ?? 0);
  const name = platform === "whatsapp" ? "WhatsApp" : "Telegram";
  switch (refusal?.key) {
    case "inbox.file.tooLarge":
      return t("inbox.file.tooLarge", { size, most, platform: name });
    case "inbox.file.tooLargeHere":
      return t("inbox.file.tooLargeHere", { size, most });
    case "inbox.file.empty":
      return t("inbox.file.empty");
    default:
      return t("inbox.file.type");
  }
}

/** As platforms count them: 5 MB are 5 × 1024 × 1024 bytes. */
function showMegabytes(locale: string, bytes: number): string {
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 2,
  }).format(Math.ceil((bytes / 2 ** 20) * 100) / 100);
}
