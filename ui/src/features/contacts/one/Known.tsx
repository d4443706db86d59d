import type { ContactDetail } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { useSpeech } from "../../../lib/i18n";
import { useChangeContact } from "../queries";
import { showPhone, useMayChange } from "../words";
import classes from "./Contact.module.css";
import { EditableField } from "./EditableField";

/** Name, e-mail, phone and CRM id, each changed where it stands. */
export function Known({ contact }: { contact: ContactDetail }) {
  const { t } = useSpeech();
  const mayChange = useMayChange();
  const change = useChangeContact(contact.id);
  const field = (name: "name" | "email" | "phone" | "crmId", shown?: string | null) => (
    <EditableField
      label={t(`contacts.column.${name}`)}
      value={contact[name] ?? ""}
      shown={shown}
      href={hrefOf(name, contact[name])}
      type={TYPES[name]}
      onSave={
        mayChange
          ? (value) => change.mutateAsync({ [name]: value === "" ? null : value })
          : undefined
      }
    />
  );
  return (
    <Panel title={t("contact.known")}>
      <div className={classes.fields}>
        {field("name")}
        {field("email")}
        {field("phone", contact.phone && showPhone(contact.phone))}
        {field("crmId")}
      </div>
    </Panel>
  );
}

const TYPES = { name: "text", email: "email", phone: "tel", crmId: "text" } as const;

function hrefOf(name: string, value: string | null): string | undefined {
  if (value === null) return undefined;
  return { email: `mailto:${value}`, phone: `tel:${value}` }[name];
}
