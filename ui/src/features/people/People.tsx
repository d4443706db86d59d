import { Button, Skeleton } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { InviteDialog } from "./InviteDialog";
import { OpenInvites } from "./OpenInvites";
import classes from "./People.module.css";
import { PersonRow } from "./PersonRow";
import { peopleQuery } from "./queries";
import { RequireFactor } from "./RequireFactor";

/** Who may sign in, what they may do, and letting more of them in. */
export function PeopleScreen() {
  const { t } = useSpeech();
  const people = useQuery(peopleQuery());
  const [inviting, setInviting] = useState(false);
  const retry = () => void people.refetch();
  const { data } = people;

  return (
    <Page
      title={t("people.title")}
      intro={t("people.intro")}
      actions={
        <Button
          leftSection={<IconUserPlus size={16} aria-hidden="true" />}
          onClick={() => setInviting(true)}
        >
          {t("people.invite")}
        </Button>
      }
    >
      {people.isError && data !== undefined && <Stale onRetry={retry} />}
      <Panel flush title={t("people.list")}>
        {people.isPending && <Skeleton height={180} />}
        {people.isError && data === undefined && (
          <Failed error={people.error} onRetry={retry} />
        )}
        {data !== undefined && (
          <ul className={classes.list}>
            {data.items.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </ul>
        )}
      </Panel>
      <OpenInvites />
      <RequireFactor />
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
    </Page>
  );
}
