import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent, type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";

import type { FakeState } from "../../dev/fake-pista";
import { meQuery } from "../api/queries";
import { LanguageProvider } from "../lib/i18n";

/** Shows a part without the program around it, which takes a test many times as long. */
export function showPart(part: ReactNode, { me }: FakeState): UserEvent {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(meQuery().queryKey, me);
  render(
    <MantineProvider env="test">
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          {part}
          <Notifications />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>,
  );
  return userEvent.setup();
}
