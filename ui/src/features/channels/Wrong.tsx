import { Alert, Text } from "@mantine/core";

import { ApiError } from "../../api/client";
import { useErrorText } from "../../components/errors";

const IN_ITS_OWN_WORDS = ["channel_refused", "bad_channel", "platform_away"];

/** What went wrong, and what the platform itself says of it. */
export function Wrong({ error }: { error: Error | null }) {
  const errorText = useErrorText();
  if (error === null) return null;
  const told = error instanceof ApiError && IN_ITS_OWN_WORDS.includes(error.code);
  return (
    <Alert color="red" variant="light" role="alert">
      {errorText(error)}
      {told && (
        <Text size="sm" mt={4}>
          {error.message}
        </Text>
      )}
    </Alert>
  );
}
