import { useSpeech } from "../../lib/i18n";
import { QUEUES, type QueueName } from "./queries";

/** What a queue is called; one that is new here by its own name. */
export function useQueueWords(): (name: string) => string {
  const { t } = useSpeech();
  return (name) =>
    QUEUES.includes(name as QueueName)
      ? t(`operations.queue.${name as QueueName}`)
      : name;
}
