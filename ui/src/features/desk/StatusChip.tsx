import type { Status } from "../../api/model";
import { Tone, type ToneName } from "../../components/Tone";
import { useSpeech } from "../../lib/i18n";

const TONES: Readonly<Record<Status, ToneName>> = {
  nuevo: "grey",
  derivado: "blue",
  en_gestion: "orange",
  terminado: "green",
  no_gestionado: "red",
};

/** Where a cliente stands, in its colour and in words. */
export function StatusChip({ status }: { status: Status }) {
  const { t } = useSpeech();
  return (
    <Tone of={TONES[status]} status={status}>
      {t(`desk.status.${status}`)}
    </Tone>
  );
}
