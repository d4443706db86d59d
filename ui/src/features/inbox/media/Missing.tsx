import { Button } from "@mantine/core";
import { IconFile, IconMicrophone, IconPhotoOff, IconVideo } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import type { ChatMedia, ChatMessage } from "../../../api/model";
import { useToasts } from "../../../components/toasts";
import { showBytes } from "../../../lib/bytes";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";
import { adviceKey } from "../words";
import { mediaStateQuery, useFetchAgain } from "./queries";

const ICONS: Readonly<Record<string, typeof IconFile>> = {
  voice: IconMicrophone,
  audio: IconMicrophone,
  video: IconVideo,
  image: IconPhotoOff,
};

interface MissingProps {
  message: ChatMessage;
  name: string;
  /** It has come; `inline` if a browser may show it. */
  onHere: (inline: boolean) => void;
}

/** A file that is not here: on its way, or why it will not come. */
export function Missing({ message, name, onHere }: MissingProps) {
  const { failed } = useToasts();
  const { t } = useSpeech();
  const media = useQuery(mediaStateQuery(message.id)).data;
  const again = useFetchAgain(message.id);
  const Icon = ICONS[message.kind] ?? IconFile;
  const here = useEffectEvent(onHere);
  const state = media?.state;
  const inline = media?.inline ?? false;
  const waited = useRef(false);
  useEffect(() => {
    if (state === undefined) return;
    // What was here and showed nothing all the same is no picture for a browser.
    if (state === "kept") here(inline && waited.current);
    else waited.current = true;
  }, [state, inline]);
  return (
    <div className={classes.card}>
      <Icon size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name}</div>
        <div className={classes.cardHint}>
          <Why media={media} />
        </div>
        {media?.canRetry && (
          <Button
            size="compact-xs"
            variant="default"
            mt={4}
            loading={again.isPending}
            onClick={() => again.mutate(undefined, { onError: failed })}
          >
            {t("inbox.fetchAgain")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Why({ media }: { media: ChatMedia | undefined }) {
  const { t, locale } = useSpeech();
  if (media === undefined) return t("inbox.mediaMissing");
  switch (media.state) {
    case "waiting":
    case "kept":
      return t("inbox.mediaComing");
    case "too_large":
      return media.bytes === null
        ? t("inbox.mediaTooLarge")
        : `${t("inbox.mediaTooLarge")} · ${showBytes(locale, media.bytes)}`;
    case "failed":
      return (
        <>
          {t("inbox.mediaFailed")}{" "}
          {media.advice === null ? media.error : t(adviceKey({ key: media.advice }))}
        </>
      );
  }
}
