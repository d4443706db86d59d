import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider, type RouterHistory } from "@tanstack/react-router";
import { useState } from "react";

import { whenSessionIsOver } from "../api/client";
import { LanguageProvider, useSpeech } from "../lib/i18n";
import { cssVariables, theme } from "../theme";
import { makeQueryClient } from "./queryClient";
import { makeRouter } from "./router";
import { toSignIn } from "./session";

/** The program: a router and a store of server data that know of each other. */
function makeApp(history?: RouterHistory) {
  const queries: QueryClient = makeQueryClient(() => void toSignIn(router, queries));
  const router = makeRouter(queries, history);
  whenSessionIsOver(() => void toSignIn(router, queries));
  return { queries, router };
}

interface AppProps {
  history?: RouterHistory;
  env?: "default" | "test";
}

export function App({ history, env = "default" }: AppProps) {
  const [{ queries, router }] = useState(() => makeApp(history));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      env={env}
    >
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Floating />
          {/* Not below: there stands what somebody is about to send. */}
          <Notifications position="top-center" limit={3} autoClose={4000} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** Where menus, dialogues and messages are put: a part of the page like any other. */
function Floating() {
  const { t } = useSpeech();
  return <section id="floating" aria-label={t("nav.floating")} />;
}
