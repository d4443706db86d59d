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
  return (
    <>
      <TemplateDialog talk={talk} opened={shown === "template"} {...both} />
      <LocationDialog opened={shown === "location"} {...both} />
      <ChoicesDialog opened={shown === "choices"} {...both} />
      <QuickDialog opened={shown === "quick"} onClose={onClose} />
    </>
  );
}
