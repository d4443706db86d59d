import type { ChatMessage, Conversation } from "../../../api/model";
import { SendingLine } from "../SendingLine";
import { Attachments } from "./Attachments";
import { Answered, Blocked, Taken } from "./Banners";
import { Quoting } from "./Quoting";
import type { Reply } from "./useReply";

interface AboveProps {
  talk: Conversation;
  reply: Reply;
  quoted: ChatMessage | null;
  onUnquote: () => void;
  onTemplate: () => void;
}

/** What stands above the field of an answer: what is in its way, and what belongs to it. */
export function Above({ talk, reply, quoted, onUnquote, onTemplate }: AboveProps) {
  const { number, taken, meanwhile, why, files } = reply;
  return (
    <>
      {number !== undefined && <SendingLine number={number} />}
      {taken !== null && <Taken name={taken.name} onTakeOver={reply.takeOver} />}
      {meanwhile.answered !== undefined && (
        <Answered message={meanwhile.answered} onGoOn={meanwhile.goOn} />
      )}
      {why !== undefined && <Blocked why={why} onTemplate={onTemplate} />}
      {quoted !== null && <Quoting quoted={quoted} onUnquote={onUnquote} />}
      <Attachments
        items={files.items}
        platform={talk.channel.platform}
        onAgain={files.again}
        onDrop={files.drop}
      />
    </>
  );
}
