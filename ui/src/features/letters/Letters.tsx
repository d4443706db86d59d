import { Button, Center, Select, Skeleton } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { DeadLetter } from "../../api/model";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import rows from "../../components/Rows.module.css";
import { Empty, Failed, Stale } from "../../components/States";
import { useSpeech } from "../../lib/i18n";
import { LetterDialog, LetterRow } from "./Letter";
import { lettersQuery } from "./queries";
import { Selection } from "./Selection";
import { useKindWords } from "./words";

interface LettersProps {
  kind: string | undefined;
  onKind: (kind: string | undefined) => void;
}

/** What failed for good: why, and what is to become of it. */
export function Letters({ kind, onKind }: LettersProps) {
  const { t } = useSpeech();
  const kindWords = useKindWords();
  const letters = useInfiniteQuery(lettersQuery(kind));
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState<DeadLetter>();
  const items = letters.data?.pages.flatMap((page) => page.items) ?? [];
  const kinds = letters.data?.pages[0]?.kinds ?? [];
  const retry = () => void letters.refetch();

  function toggle(id: number): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  return (
    <Page title={t("nav.letters")} intro={t("letters.intro")}>
      {letters.isError && letters.data !== undefined && <Stale onRetry={retry} />}
      <Panel
        flush
        title={t("letters.list")}
        actions={
          kinds.length > 1 || kind !== undefined ? (
            <Select
              aria-label={t("letters.kind")}
              placeholder={t("letters.kindAll")}
              data={kinds.map((one) => ({
                value: one.kind,
                label: `${kindWords(one.kind)} (${String(one.count)})`,
              }))}
              value={kind ?? null}
              onChange={(next) => onKind(next ?? undefined)}
              clearable
            />
          ) : undefined
        }
      >
        {letters.isPending && <Skeleton height={160} />}
        {letters.isError && letters.data === undefined && (
          <Failed error={letters.error} onRetry={retry} />
        )}
        {letters.data !== undefined && items.length === 0 && (
          <Empty
            icon={<IconMailCheck size={28} />}
            title={t("letters.empty")}
            text={t("letters.emptyHint")}
          />
        )}
        {items.length > 0 && (
          <>
            <Selection items={items} chosen={chosen} onChosen={setChosen} />
            <ul className={rows.list}>
              {items.map((letter) => (
                <LetterRow
                  key={letter.id}
                  letter={letter}
                  checked={chosen.has(letter.id)}
                  onToggle={toggle}
                  onShow={setShown}
                />
              ))}
            </ul>
          </>
        )}
        {letters.hasNextPage && (
          <Center p="md">
            <Button
              variant="default"
              loading={letters.isFetchingNextPage}
              onClick={() => void letters.fetchNextPage()}
            >
              {t("letters.more")}
            </Button>
          </Center>
        )}
      </Panel>
      <LetterDialog letter={shown} onClose={() => setShown(undefined)} />
    </Page>
  );
}
