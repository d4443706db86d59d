import type { Conversation, SendMessage } from "../../../api/model";
import { ChoicesDialog } from "./ChoicesDialog";
import { LocationDialog } from "./LocationDialog";
import { QuickDialog } from "./QuickDialog";
import { TemplateDialog } from "./TemplateDialog";
import type { Dialog } from "./Tools";

interface DialogsProps {
  talk: Conversation;
  shown: Dialog | undefined;
  onClose: () => void;
  onSend: (body: SendMessage, label: string) => void;
}

/** What is sent by a form of its own. */
export function Dialogs({ talk, shown, onClose, onSend }: DialogsProps) {
  const both = { onClose, onSend };
  switch (shown) {
    case "template":
      return <TemplateDialog talk={talk} {...both} />;
    case "location":
      return <LocationDialog {...both} />;
    case "choices":
      return <ChoicesDialog {...both} />;
    case "quick":
      return <QuickDialog onClose={onClose} />;
    case undefined:
      return null;
  }
}
