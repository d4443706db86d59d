import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";

import { INBOX_KEY, lookAgain } from "./queries";

const ID = "ca1a0000-0000-7000-8000-000000000001";

describe("news of a conversation", () => {
  it("that comes while its messages are fetched has them fetched once more", async () => {
    const answers: ((text: string) => void)[] = [];
    const queries = new QueryClient();
    const observer = new QueryObserver(queries, {
      queryKey: [...INBOX_KEY, "messages", ID],
      queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    });
    const leave = observer.subscribe(() => undefined);
    await vi.waitFor(() => expect(answers).toHaveLength(1));

    for (let news = 0; news < 3; news++) lookAgain(queries, { conversationIds: [ID] });
    expect(answers).toHaveLength(1);
    answers[0]?.("before");
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.("after");

    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("after"));
    await vi.waitFor(() => expect(queries.isFetching()).toBe(0));
    expect(answers).toHaveLength(2);
    leave();
  });

  it("has them fetched at once where nothing is under way", async () => {
    const fetch = vi.fn(() => Promise.resolve("said"));
    const queries = new QueryClient();
    const queryKey = [...INBOX_KEY, "messages", ID];
    const observer = new QueryObserver(queries, { queryKey, queryFn: fetch });
    const leave = observer.subscribe(() => undefined);
    await vi.waitFor(() => expect(queries.isFetching()).toBe(0));

    lookAgain(queries, { conversationIds: [] });
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
    leave();
  });
});
