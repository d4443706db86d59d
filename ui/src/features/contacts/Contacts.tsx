import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconFileImport, IconUserPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { LinkButton, LinkText } from "../../components/links";
import { Page } from "../../components/Page";
import { useSpeech } from "../../lib/i18n";
import { conflictsQuery } from "../linking/queries";
import { Reviews } from "../linking/Reviews";
import { AddContact } from "./AddContact";
import { ContactList } from "./ContactList";
import { ExportButton } from "./ExportButton";
import type { ContactFilters } from "./filters";
import { useMayChange } from "./words";

interface ContactsProps {
  filters: ContactFilters;
  onFilters: (filters: ContactFilters) => void;
  onOpen: (contactId: string) => void;
}

/** The people that are known, and what only a person can decide about them. */
export function ContactsScreen({ filters, onFilters, onOpen }: ContactsProps) {
  const { t } = useSpeech();
  const mayChange = useMayChange();
  const [adding, setAdding] = useState(false);
  const reviewing = mayChange && filters.view === "review";

  return (
    <Page
      title={t("contacts.title")}
      intro={t(reviewing ? "contacts.reviewIntro" : "contacts.intro")}
      actions={
        mayChange && (
          <Group gap="xs">
            <Views filters={filters} onFilters={onFilters} />
            {!reviewing && <ExportButton filters={filters} />}
            <LinkButton
              to="/contacts/import"
              variant="default"
              leftSection={<IconFileImport size={16} aria-hidden="true" />}
            >
              {t("import.open")}
            </LinkButton>
            <Button
              leftSection={<IconUserPlus size={16} aria-hidden="true" />}
              onClick={() => setAdding(true)}
            >
              {t("contacts.add")}
            </Button>
          </Group>
        )
      }
    >
      {reviewing ? (
        <Reviews
          about="contacts"
          state={filters.state}
          onState={(state) => onFilters({ ...filters, state })}
          foot={<Elsewhere />}
        />
      ) : (
        <ContactList
          filters={filters}
          onFilters={onFilters}
          onAdd={mayChange ? () => setAdding(true) : undefined}
        />
      )}
      <AddContact opened={adding} onClose={() => setAdding(false)} onOpen={onOpen} />
    </Page>
  );
}

const ABOUT_CONTACTS = { state: "open", about: "contacts" } as const;

/** Where everything is that waits for a person. */
function Elsewhere() {
  const { t } = useSpeech();
  return (
    <Text size="sm" c="dimmed" mt="md">
      {t("contacts.reviewElsewhere")}{" "}
      <LinkText to="/linking" inherit underline="always">
        {t("linking.title")}
      </LinkText>
    </Text>
  );
}

function Views({ filters, onFilters }: Omit<ContactsProps, "onOpen">) {
  const { t, number } = useSpeech();
  const open = useInfiniteQuery(conflictsQuery(ABOUT_CONTACTS)).data?.pages[0];
  const count = open?.items.length ?? 0;
  const more = open?.next === null ? "" : "+";
  const review = t("contacts.view.review");
  return (
    <SegmentedControl
      aria-label={t("contacts.view")}
      value={filters.view ?? "people"}
      onChange={(view) =>
        onFilters({ ...filters, view: view === "review" ? "review" : undefined })
      }
      data={[
        { value: "people", label: t("contacts.view.people") },
        {
          value: "review",
          label: count === 0 ? review : `${review} · ${number(count)}${more}`,
        },
      ]}
    />
  );
}
