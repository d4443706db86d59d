import { Badge, Table, Text } from "@mantine/core";

import type { Contact } from "../../api/model";
import { useMe } from "../../api/queries";
import { LinkText } from "../../components/links";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import type { Column } from "./columns";
import classes from "./Contacts.module.css";
import { Face } from "./Face";
import { showPhone, useContactName, useSourceWord } from "./words";

interface ContactTableProps {
  contacts: readonly Contact[];
  columns: readonly Column[];
}

/** One row each; on a phone one card each. */
export function ContactTable({ contacts, columns }: ContactTableProps) {
  const { t } = useSpeech();
  return (
    <div data-scrolls className={classes.scrolls}>
      <Table className={classes.table} horizontalSpacing="sm" verticalSpacing={9}>
        <Table.Caption className="visually-hidden">{t("contacts.title")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("contacts.column.name")}</Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {t(`contacts.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contacts.map((contact) => (
            <Row key={contact.id} contact={contact} columns={columns} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ contact, columns }: { contact: Contact; columns: readonly Column[] }) {
  const nameOf = useContactName();
  const name = nameOf(contact);
  return (
    <Table.Tr className={classes.row}>
      <Table.Td className={classes.name}>
        <Face name={name} size={30} />
        <LinkText
          to="/contacts/$contactId"
          params={{ contactId: contact.id }}
          data-contact
          underline="never"
          c="inherit"
          className={classes.open}
        >
          {name}
        </LinkText>
      </Table.Td>
      {columns.map((column) => (
        <Cell key={column} column={column} contact={contact} />
      ))}
    </Table.Tr>
  );
}

function Cell({ column, contact }: { column: Column; contact: Contact }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const sourceWord = useSourceWord();
  const nameOf = useContactName();
  const shown = {
    email: contact.email,
    phone: contact.phone && showPhone(contact.phone),
    crmId: contact.crmId,
    source: sourceWord(contact.source),
    createdAt: showMoment(locale, tenant.timeZone, contact.createdAt),
    updatedAt: showMoment(locale, tenant.timeZone, contact.updatedAt),
  };
  const text = column === "tags" ? undefined : shown[column];
  const empty = column === "tags" ? contact.tags.length === 0 : text === null;
  return (
    <Table.Td
      className={classes.cell}
      data-column={column}
      data-label={t(`contacts.column.${column}`)}
      data-empty={empty || undefined}
      data-said={text === nameOf(contact) || undefined}
    >
      {column === "tags" ? (
        <TagList tags={contact.tags} />
      ) : (
        <Text span inherit className={classes.value}>
          {text}
        </Text>
      )}
    </Table.Td>
  );
}

/** More do not fit into a row. */
const MOST_TAGS = 3;

function TagList({ tags }: { tags: readonly string[] }) {
  const { number } = useSpeech();
  return (
    <span className={classes.tags}>
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <Badge key={tag} variant="light" color="gray" tt="none" fw={500} maw={140}>
          {tag}
        </Badge>
      ))}
      {tags.length > MOST_TAGS && (
        <Text span size="xs" c="dimmed">
          {`+${number(tags.length - MOST_TAGS)}`}
        </Text>
      )}
    </span>
  );
}
