import { IconFile, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useState } from "react";

import type { ChatMessage } from "../../../api/model";
import { showBytes } from "../../../lib/bytes";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import { useKindWord } from "../words";
import { Missing } from "./Missing";
import { Sound } from "./Sound";
import { mediaPath } from "./queries";
import { useViewer } from "./Viewer";

/** A file of a message, as what it is: shown, played, or to be downloaded. */
export function MediaPart({ message }: { message: ChatMessage }) {
  const kindWord = useKindWord();
  const [missing, setMissing] = useState(false);
  const [onlyFile, setOnlyFile] = useState(false);
  const { kind, content } = message;
  const name = content.media?.filename ?? kindWord(kind);
  const lost = () => setMissing(true);
  // Whoever sent it named an address from which the platform fetched it.
  if (content.media?.url && content.media.id == null && message.direction === "out") {
    return <Elsewhere url={content.media.url} name={name} />;
  }
  if (missing) {
    return (
      <Missing
        message={message}
        name={name}
        onHere={(inline) => {
          setOnlyFile(!inline);
          setMissing(false);
        }}
      />
    );
  }
  const shown = onlyFile ? "document" : kind;
  switch (shown) {
    case "image":
    case "sticker":
      return <Picture message={message} onError={lost} />;
    case "video":
      return <Video message={message} onError={lost} />;
    case "audio":
    case "voice":
      return (
        <Sound
          src={mediaPath(message.id)}
          seconds={content.media?.seconds ?? undefined}
          name={name}
          onError={lost}
        />
      );
    default:
      return <File message={message} name={name} />;
  }
}

interface ShownProps {
  message: ChatMessage;
  onError: () => void;
}

function Picture({ message, onError }: ShownProps) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  const view = useViewer();
  const { kind, id, content } = message;
  const image = (
    <img
      src={mediaPath(id)}
      alt={content.media?.caption ?? kindWord(kind)}
      onError={onError}
    />
  );
  if (kind === "sticker") {
    return (
      <div className={classes.picture} data-kind="sticker">
        {image}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={classes.picture}
      aria-label={t("inbox.openImage")}
      onClick={() => view(id)}
    >
      {image}
    </button>
  );
}

function Video({ message, onError }: ShownProps) {
  const { t } = useSpeech();
  const view = useViewer();
  return (
    <button
      type="button"
      className={classes.picture}
      aria-label={t("inbox.openVideo")}
      onClick={() => view(message.id)}
    >
      <video
        src={mediaPath(message.id)}
        preload="metadata"
        muted
        tabIndex={-1}
        onError={onError}
      />
      <span className={classes.playMark} aria-hidden="true">
        <IconPlayerPlayFilled size={22} />
      </span>
    </button>
  );
}

function File({ message, name }: { message: ChatMessage; name: string }) {
  const { t, locale } = useSpeech();
  const bytes = message.content.media?.bytes;
  return (
    <a className={classes.card} href={mediaPath(message.id)} download={name}>
      <IconFile size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name}</div>
        <div className={classes.cardHint}>
          {t("inbox.download")}
          {bytes != null && ` · ${showBytes(locale, bytes)}`}
        </div>
      </div>
    </a>
  );
}

function Elsewhere({ url, name }: { url: string; name: string }) {
  return (
    <a className={classes.card} href={url} target="_blank" rel="noreferrer noopener">
      <IconFile size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name}</div>
        <div className={classes.cardHint}>{url}</div>
      </div>
    </a>
  );
}
