import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it, vi } from "vitest";

import type * as News from "./news";

// What was heard is kept by the module: each test begins with a new one.
let news: typeof News;

beforeEach(async () => {
  vi.resetModules();
  news = await import("./news");
});

function hear(message: News.DeskNews): void {
  news.deskNewsFor(new QueryClient())(message);
}

it("has nothing to resume from before it heard anything", () => {
  expect(news.resumption()).toBeUndefined();
});

it("resumes from the last number, whatever came late", () => {
  for (const seq of [3, 5, 4, undefined]) news.heardSeq(seq);

  expect(news.resumption()).toEqual({ type: "desk_resume", after: 5 });
});

it("takes no news for everything before what was missed has been told", () => {
  news.heardSeq(5);
  news.resumption();
  news.heardSeq(9);

  // Lost once more, before the answer: six to eight are still missing.
  expect(news.resumption()).toEqual({ type: "desk_resume", after: 5 });

  for (const seq of [6, 7, 8]) news.heardSeq(seq);
  hear({ type: "desk_resumed", messages: 3 });

  expect(news.resumption()).toEqual({ type: "desk_resume", after: 9 });
});

it("goes on from where everything was fetched", () => {
  news.heardSeq(5);
  news.resumption();
  news.heardSeq(900);
  hear({ type: "desk_resync", seq: 900 });

  expect(news.resumption()).toEqual({ type: "desk_resume", after: 900 });
});
