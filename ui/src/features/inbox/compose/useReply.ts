import { useQuery } from "@tanstack/react-query";

import type { ChatMessage, Conversation, SendMessage } from "../../../api/model";
import { useMe } from "../../../api/queries";
import type { usePresence } from "../presence";
import { sendingQuery } from "../queries";
import { useWhyNot } from "./Banners";
import { messagesOf } from "./files";
import { useAttachments } from "./useAttachments";
import { useDraft } from "./useDraft";
import { useMeanwhile } from "./useMeanwhile";
import { useSending } from "./useSending";

/** What a server takes that does not say what it takes. */
const USUAL_BYTES = 16 * 2 ** 20;

export type Reply = ReturnType<typeof useReply>;

/** An answer on its way: its text and files, and whether it may be sent just now. */
export function useReply(
  talk: Conversation,
  here: ReturnType<typeof usePresence>,
  quoted: ChatMessage | null,
  onUnquote: () => void,
) {
  const me = useMe().user.id;
  const { platform } = talk.channel;
  const numbers = useQuery(sendingQuery()).data;
  const number = numbers?.items.find(({ channelId }) => channelId === talk.channel.id);
  const sending = useSending(talk.id);
  const draft = useDraft(talk);
  const files = useAttachments(talk.id, platform, numbers?.mediaMaxBytes ?? USUAL_BYTES);
  const meanwhile = useMeanwhile(talk.id, draft.text);
  const why = useWhyNot(talk, sending.missing);
  const { composer } = here.presence;
  const taken = composer !== null && composer.id !== me ? composer : null;
  const blocked =
    why !== undefined || number?.state === "held" || number?.state === "off";
  const said = draft.text.trim();
  const something = said !== "" || (files.ready?.length ?? 0) > 0;
  const free = !blocked && taken === null && meanwhile.answered === undefined;
  const { ready } = files;
  const canSend = something && free && ready !== undefined;

  function send(body: SendMessage, label: string): void {
    sending.send({ key: crypto.randomUUID(), body, label });
  }

  function done(): void {
    if (!canSend) return;
    const replyTo = quoted?.externalId;
    messagesOf(ready, said, platform).forEach((body, at) => {
      const quotes = at === 0 && replyTo != null ? { replyTo } : {};
      send({ ...body, ...quotes }, body.text ?? body.media?.filename ?? "");
    });
    draft.set("");
    files.clear();
    onUnquote();
    here.answered();
  }

  function write(next: string): void {
    draft.set(next);
    if (next.trim() !== "") here.typing();
  }
  return {
    text: draft.text,
    write,
    set: draft.set,
    done,
    send,
    canSend,
    blocked,
    why,
    taken,
    takeOver: here.takeOver,
    meanwhile,
    number,
    sending,
    files,
  };
}
