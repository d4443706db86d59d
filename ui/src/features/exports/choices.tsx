/** What both forms ask: in which format, and where to. */
import { SegmentedControl, Select, Text } from "@mantine/core";
import { useId } from "react";

import type { ExportFormat, ExportTarget } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";

const FORMATS = ["parquet", "csv", "ndjson"] as const satisfies ExportFormat[];

interface FormatChoiceProps {
  format: ExportFormat;
  onFormat: (format: ExportFormat) => void;
}

export function FormatChoice({ format, onFormat }: FormatChoiceProps) {
  const { t } = useSpeech();
  return (
    <Select
      label={t("exports.format")}
      data={FORMATS.map((value) => ({ value, label: t(`exports.format.${value}`) }))}
      value={format}
      allowDeselect={false}
      onChange={(value) => onFormat(oneOf(FORMATS, value) ?? "parquet")}
    />
  );
}

interface TargetChoiceProps {
  target: ExportTarget;
  s3Configured: boolean;
  onTarget: (target: ExportTarget) => void;
}

export function TargetChoice({ target, s3Configured, onTarget }: TargetChoiceProps) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id={id}>
        {t("exports.target")}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={[
          { value: "folder", label: t("exports.target.folder") },
          { value: "s3", label: t("exports.target.s3"), disabled: !s3Configured },
        ]}
        value={target}
        onChange={(value) => onTarget(value === "s3" ? "s3" : "folder")}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t(
          target === "s3"
            ? "exports.s3Hint"
            : s3Configured
              ? "exports.folderHint"
              : "exports.noS3",
        )}
      </Text>
    </div>
  );
}
