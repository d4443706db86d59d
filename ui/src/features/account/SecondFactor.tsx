import { Badge, Button, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe } from "../../api/queries";
import { OnceShown } from "../../components/OnceShown";
import { Panel } from "../../components/Panel";
import { Failed } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { Prove } from "./Prove";
import {
  secondFactorQuery,
  useProposeFactor,
  useRenewCodes,
  useSwitchFactorOff,
} from "./queries";
import { SetUp } from "./SetUp";

type Doing = "setUp" | "newCodes" | "switchOff";

/** Whether signing in takes a code as well, and changing that. */
export function SecondFactor() {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const state = useQuery(secondFactorQuery());
  const [doing, setDoing] = useState<Doing>();
  return (
    <Panel
      title={t("factor.title")}
      hint={t("factor.hint")}
      actions={
        state.data !== undefined && (
          <Badge variant="light" color={state.data.on ? "teal" : "gray"} tt="none">
            {t(state.data.on ? "factor.on" : "factor.off")}
          </Badge>
        )
      }
    >
      {state.isPending && <Skeleton height={36} />}
      {state.isError && state.data === undefined && (
        <Failed error={state.error} onRetry={() => void state.refetch()} />
      )}
      {state.data?.on === false && (
        <Button onClick={() => setDoing("setUp")}>{t("factor.setUp")}</Button>
      )}
      {state.data?.on === true && (
        <Stack gap="sm">
          <Text size="sm">
            {t("factor.left", { count: state.data.recoveryCodesLeft })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={() => setDoing("newCodes")}>
              {t("factor.newCodes")}
            </Button>
            {!tenant.requireSecondFactor && (
              <Button variant="default" onClick={() => setDoing("switchOff")}>
                {t("factor.switchOff")}
              </Button>
            )}
          </Group>
        </Stack>
      )}
      <Modal
        opened={doing !== undefined}
        onClose={() => setDoing(undefined)}
        title={doing && t(`factor.${doing}`)}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {doing !== undefined && (
          <Steps key={doing} doing={doing} onClose={() => setDoing(undefined)} />
        )}
      </Modal>
    </Panel>
  );
}

function Steps({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const propose = useProposeFactor();
  const renew = useRenewCodes();
  const switchOff = useSwitchFactorOff();
  const [codes, setCodes] = useState<string[]>();
  if (codes !== undefined) return <Codes codes={codes} onClose={onClose} />;
  if (propose.data !== undefined) return <SetUp setup={propose.data} onDone={setCodes} />;
  const by = { setUp: propose, newCodes: renew, switchOff }[doing];
  return (
    <Prove
      error={by.error}
      sending={by.isPending}
      onCancel={onClose}
      onProve={(password) => {
        if (doing === "setUp") propose.mutate(password);
        else if (doing === "switchOff") {
          switchOff.mutate(password, { onSuccess: onClose });
        } else {
          renew.mutate(password, { onSuccess: (made) => setCodes(made.codes) });
        }
      }}
    />
  );
}

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Stack gap="md">
      <OnceShown
        label={t("factor.codes")}
        text={codes.join("\n")}
        copy={t("factor.copy")}
        hint={t("factor.codesHint")}
        rows={codes.length}
      />
      <Button variant="default" onClick={onClose}>
        {t("people.done")}
      </Button>
    </Stack>
  );
}
