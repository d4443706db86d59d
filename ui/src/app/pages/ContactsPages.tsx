import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { ApiError } from "../../api/client";
import { ContactsScreen } from "../../features/contacts/Contacts";
import { contactQuery } from "../../features/contacts/queries";
import { ContactScreen } from "../../features/contacts/one/ContactScreen";
import { ImportScreen } from "../../features/contacts-import/ImportScreen";
import { ContactTalks } from "../../features/inbox/ContactTalks";
import { ErasePanel } from "../../features/privacy/ErasePanel";

const all = getRouteApi("/signed-in/contacts");
const files = getRouteApi("/signed-in/contacts/import");
const one = getRouteApi("/signed-in/contacts/$contactId");

export function ContactsPage() {
  const filters = all.useSearch();
  const navigate = all.useNavigate();
  return (
    <ContactsScreen
      filters={filters}
      onFilters={(next) =>
        void navigate({
          search: next,
          resetScroll: false,
          // The way back does not lead through every letter that was typed.
          replace: next.q !== filters.q,
        })
      }
      onOpen={(contactId) =>
        void navigate({ to: "/contacts/$contactId", params: { contactId } })
      }
    />
  );
}

export function ContactPage() {
  const { contactId } = one.useParams();
  const navigate = one.useNavigate();
  const { error } = useQuery(contactQuery(contactId));
  const isGone = error instanceof ApiError && error.status === 404;
  return (
    <Stack gap="lg">
      <ContactScreen
        key={contactId}
        contactId={contactId}
        onMoved={(next) => void navigate({ params: { contactId: next }, replace: true })}
      />
      {!isGone && <ContactTalks contactId={contactId} />}
      <ErasePanel contactId={contactId} isGone={isGone} />
    </Stack>
  );
}

export function ImportPage() {
  const { id } = files.useSearch();
  const navigate = files.useNavigate();
  return (
    <ImportScreen
      importId={id}
      onImport={(next) => void navigate({ search: { id: next } })}
    />
  );
}
