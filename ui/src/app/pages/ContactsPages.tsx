import { getRouteApi } from "@tanstack/react-router";

import { ContactsScreen } from "../../features/contacts/Contacts";
import { ContactScreen } from "../../features/contacts/one/ContactScreen";

const all = getRouteApi("/signed-in/contacts");
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
  return (
    <ContactScreen
      key={contactId}
      contactId={contactId}
      onMoved={(next) => void navigate({ params: { contactId: next }, replace: true })}
    />
  );
}
