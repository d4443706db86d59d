import {
  ActionIcon,
  Button,
  NumberInput,
  Popover,
  Stack,
  TagsInput,
} from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import type { Asesor } from "../../../api/model";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery, deskSettingsQuery, useSetAsesor } from "../queries";

/** How much an advisor is given by itself, and what they can do. */
export function AsesorLimits({ asesor }: { asesor: Asesor }) {
  const { t } = useSpeech();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
      withArrow
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("deskRules.limits", { name: asesor.name })}
          onClick={() => setOpened(!opened)}
        >
          <IconAdjustments size={16} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && <Form asesor={asesor} onDone={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ asesor, onDone }: { asesor: Asesor; onDone: () => void }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const save = useSetAsesor();
  const [limit, setLimit] = useState(asesor.ownLimit);
  const [skills, setSkills] = useState(asesor.skills);
  const usual = useQuery(deskSettingsQuery()).data?.assigning.limit ?? asesor.limit;
  const known = useQuery(asesoresQuery()).data?.items ?? [];

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    save.mutate(
      { id: asesor.id, limit, skills },
      {
        onSuccess: () => {
          toasts.saved();
          onDone();
        },
        onError: toasts.failed,
      },
    );
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberInput
          label={t("deskRules.ownLimit")}
          description={t("deskRules.ownLimitHint", { limit: usual })}
          placeholder={String(usual)}
          min={0}
          max={1000}
          value={limit ?? ""}
          onChange={(value) => setLimit(value === "" ? null : Math.round(Number(value)))}
        />
        <TagsInput
          label={t("deskRules.skills")}
          value={skills}
          data={[...new Set(known.flatMap((one) => one.skills))]}
          acceptValueOnBlur
          maxTags={50}
          comboboxProps={{ withinPortal: false }}
          onChange={setSkills}
        />
        <Button type="submit" loading={save.isPending}>
          {t("action.save")}
        </Button>
      </Stack>
    </form>
  );
}
