import { Anchor, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

import type { Export } from "../../api/model";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import classes from "./Exports.module.css";
import { fileAddress } from "./queries";

/** A file for each day; those in a bucket are fetched from there. */
export function Files({ made }: { made: Export }) {
  const { t, locale, number } = useSpeech();
  const here = made.target === "folder";
  return (
    <>
      {!here && (
        <Text size="xs" c="dimmed" mt={6}>
          {t("exports.inBucket")}
        </Text>
      )}
      <div
        className={classes.files}
        role="region"
        aria-label={t("exports.fileList")}
        tabIndex={0}
      >
        <Table verticalSpacing={5} horizontalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("exports.file")}</Table.Th>
              <Table.Th ta="right">{t("partitions.events")}</Table.Th>
              <Table.Th ta="right">{t("partitions.bytes")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {made.files.map(({ name, events, bytes }) => (
              <Table.Tr key={name}>
                <Table.Td className={classes.file}>
                  {here ? (
                    <Anchor href={fileAddress(made.id, name)} download={name} size="sm">
                      <IconDownload size={14} aria-hidden="true" /> {name}
                    </Anchor>
                  ) : (
                    name
                  )}
                </Table.Td>
                <Table.Td ta="right" className="number">
                  {number(events)}
                </Table.Td>
                <Table.Td ta="right" className="number">
                  {showBytes(locale, bytes)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
