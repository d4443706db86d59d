import { Alert, Anchor, Group, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";

import { useSpeech } from "../../../lib/i18n";
import { clientesQuery } from "../queries";
import { StatusChip } from "../StatusChip";

interface KnownClientesProps {
  telefono: string;
  email: string;
  onOpen: (cliente: number) => void;
}

const ENOUGH_DIGITS = 7;
const MOST = 3;

/** Whoever is there already with this phone or e-mail: theirs may be what is meant. */
export function KnownClientes({ telefono, email, onOpen }: KnownClientesProps) {
  const { t } = useSpeech();
  const [q] = useDebouncedValue(wordOf(telefono, email), 400);
  const found = useInfiniteQuery({
    ...clientesQuery({ q, sort: "created" }, MOST),
    enabled: q !== undefined,
    placeholderData: undefined,
  });
  const known = q === undefined ? [] : (found.data?.pages[0]?.items ?? []);
  if (known.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="status">
      <Stack gap={4}>
        <Text size="sm" fw={640}>
          {t("desk.known")}
        </Text>
        <Text size="sm">{t("desk.knownHint")}</Text>
        {known.map(({ id, nombre, seguimiento_status, asesor_nombre }) => (
          <Group key={id} gap="xs">
            <Anchor component="button" type="button" size="sm" onClick={() => onOpen(id)}>
              {nombre}
            </Anchor>
            <StatusChip status={seguimiento_status} />
            {asesor_nombre !== null && <Text size="sm">{asesor_nombre}</Text>}
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}

/** What to look for, once enough of it is there. */
function wordOf(telefono: string, email: string): string | undefined {
  const digits = telefono.replace(/\D/g, "");
  if (digits.length >= ENOUGH_DIGITS) return digits;
  return /.@.+\../.test(email) ? email.trim() : undefined;
}
