import { Badge, Button, Group, SegmentedControl } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconAd2,
  IconArchive,
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconPlus,
  IconWorldWww,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { Link } from "../../api/model";
import { CopyButton } from "../../components/CopyButton";
import { LinkText } from "../../components/links";
import { Listed } from "../../components/Listed";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { SearchInput } from "../../components/SearchInput";
import { Stale } from "../../components/States";
import { useSpeech, type TextKey } from "../../lib/i18n";
import { Domains } from "./Domains";
import type { LinkFilters } from "./filters";
import { LinkDrawer } from "./LinkDrawer";
import { LinkForm } from "./LinkForm";
import classes from "./Links.module.css";
import { linksQuery } from "./queries";

const ICONS = {
  telegram: IconBrandTelegram,
  whatsapp: IconBrandWhatsapp,
  page: IconWorldWww,
};

const MOST_SEARCHED = 100;

interface LinksProps {
  filters: LinkFilters;
  onFilters: (filters: LinkFilters) => void;
}

/** The addresses that are given to ad platforms, and who came by each. */
export function LinksScreen({ filters, onFilters }: LinksProps) {
  const { t } = useSpeech();
  const archived = filters.archived === true;
  const links = useQuery({
    ...linksQuery(archived),
    select: ({ items, ...rest }) => ({
      ...rest,
      all: items,
      items: items.filter((link) => matches(link, filters.q)),
    }),
  });
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const [form, setForm] = useState<{ link?: Link }>();
  const open = links.data?.all.find(({ id }) => id === filters.link);
  const isEmpty = links.data?.all.length === 0;
  const make = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setForm({})}
    >
      {t("adLinks.new")}
    </Button>
  );

  return (
    <Page title={t("nav.links")} intro={t("adLinks.intro")} actions={make}>
      {links.isRefetchError && <Stale onRetry={() => void links.refetch()} />}
      <Panel
        flush
        title={t(archived ? "adLinks.archived" : "adLinks.inUse")}
        hint={t("adLinks.countsHint")}
        actions={
          <Group gap="sm" align="flex-end">
            <SearchInput
              ref={search}
              className={classes.search}
              label={t("adLinks.search")}
              placeholder={t("adLinks.searchHint")}
              maxLength={MOST_SEARCHED}
              value={filters.q ?? ""}
              onValue={(q) => onFilters({ ...filters, q })}
            />
            <SegmentedControl
              aria-label={t("adLinks.which")}
              value={archived ? "archived" : "inUse"}
              onChange={(which) =>
                onFilters({
                  ...(filters.q === undefined ? {} : { q: filters.q }),
                  ...(which === "archived" ? { archived: true as const } : {}),
                })
              }
              data={[
                { value: "inUse", label: t("adLinks.inUse") },
                {
                  value: "archived",
                  label: `${t("adLinks.archived")} (${String(links.data?.archived ?? 0)})`,
                },
              ]}
            />
          </Group>
        }
      >
        <Listed
          query={links}
          empty={{
            icon: archived ? <IconArchive size={28} /> : <IconAd2 size={28} />,
            title: t(emptyTitle(isEmpty, archived)),
            text: t(isEmpty && !archived ? "adLinks.emptyHint" : "adLinks.noneHint"),
          }}
          row={(link) => <LinkRow key={link.id} link={link} filters={filters} />}
        />
      </Panel>
      <Domains />
      <LinkDrawer
        link={open}
        onClose={() => onFilters({ ...filters, link: undefined })}
        onEdit={(link) => setForm({ link })}
      />
      <LinkForm
        key={form?.link?.id ?? "new"}
        opened={form !== undefined}
        link={form?.link}
        onClose={() => setForm(undefined)}
        onMade={({ id }) => onFilters({ link: id })}
      />
    </Page>
  );
}

function emptyTitle(isEmpty: boolean, archived: boolean): TextKey {
  if (!isEmpty) return "adLinks.none";
  return archived ? "adLinks.noneArchived" : "adLinks.empty";
}

function matches(link: Link, words: string | undefined): boolean {
  if (words === undefined) return true;
  const told = [link.name, link.address, link.campaign, link.leadsTo].join(" ");
  return told.toLowerCase().includes(words.trim().toLowerCase());
}

function LinkRow({ link, filters }: { link: Link; filters: LinkFilters }) {
  const { t } = useSpeech();
  const Icon = ICONS[link.kind];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <div className={classes.name}>
          <Icon size={18} aria-hidden="true" />
          <LinkText
            to="/links"
            search={{ ...filters, link: link.id }}
            resetScroll={false}
            fw={560}
            size="sm"
          >
            {link.name}
          </LinkText>
          <Badge size="sm" variant="default" tt="none">
            {t(`adLinks.kind.${link.kind}`)}
          </Badge>
          <LinkSigns link={link} />
        </div>
        <div className={classes.address}>
          <span>{link.address.replace(/^https?:\/\//, "")}</span>
          <CopyButton
            text={link.address}
            label={t("action.copy")}
            size="compact-xs"
            variant="subtle"
            aria-label={t("action.copyOf", { what: link.address })}
          />
        </div>
      </div>
      <LinkNumbers link={link} />
    </li>
  );
}

/** What is not as it should be. */
export function LinkSigns({ link }: { link: Link }) {
  const { t } = useSpeech();
  return (
    <>
      {link.leadsTo === null && link.archivedAt === null && (
        <Badge size="sm" color="red" variant="light" tt="none">
          {t("adLinks.nowhere")}
        </Badge>
      )}
      {link.counts.lost > 0 && (
        <Badge
          size="sm"
          color="orange"
          variant="light"
          tt="none"
          title={t("adLinks.lostHint")}
        >
          {t("adLinks.lost", { n: link.counts.lost })}
        </Badge>
      )}
    </>
  );
}

const NUMBERS = ["clicks", "people", "starts", "bots"] as const;

export function LinkNumbers({ link }: { link: Link }) {
  const { t, number } = useSpeech();
  return (
    <dl className={classes.numbers}>
      {NUMBERS.map((name) => (
        <div key={name} data-of={name}>
          <dt>{t(`adLinks.count.${name}`)}</dt>
          <dd className="number">{number(link.counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
