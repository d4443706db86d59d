import { beforeEach, describe, expect, it, vi } from "vitest";

const TOKEN = "0123456789abcdef0123456789abcdef";
const SITE = "01900000-0000-7000-8000-000000000002";

async function arrive(path: string, visitor: string | null = "v1"): Promise<unknown[]> {
  vi.resetModules();
  history.replaceState({ kept: 1 }, "", path);
  document.head.innerHTML = `<script data-site="${SITE}" data-key="key" src="https://pista.test/snip.js"></script>`;
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", (url: URL, { body }: { body: string }) => {
    sent.push([url.href, JSON.parse(body)]);
    return Promise.resolve(new Response(null, { status: 202 }));
  });
  Object.assign(window, { pista: { visitorId: () => visitor } });
  await import("./main");
  return sent;
}

describe("coming by an advertisement", () => {
  beforeEach(() => {
    document.cookie = "_fbp=; max-age=0";
  });

  it("is told with the token, which is taken out of the address", async () => {
    const path = `/a?b=1&pista=${TOKEN}#c`;

    const sent = await arrive(path);

    expect(sent).toEqual([
      [
        "https://pista.test/tracking-v2/arrivals?k=key",
        {
          siteId: SITE,
          visitorId: "v1",
          url: `${location.origin}${path}`,
          referrer: "",
          fbp: null,
          fbc: null,
        },
      ],
    ]);
    expect(location.href).toBe(`${location.origin}/a?b=1#c`);
    expect(history.state).toEqual({ kept: 1 });
  });

  it("waits a moment for Meta's cookie, and does not outstay the page", async () => {
    vi.useFakeTimers();
    const sent = await arrive("/a?fbclid=IwAR1");
    expect(sent).toEqual([]);

    document.cookie = "_fbp=fb.1.2.3";
    window.dispatchEvent(new Event("pagehide"));
    vi.runAllTimers();

    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject([{}, { fbp: "fb.1.2.3" }]);
    expect(location.search).toBe("?fbclid=IwAR1");
    vi.useRealTimers();
  });

  it.each(["/", "/?utm_source=news", "/?pista=short", "/?fbclid="])("is not %s", async (path) => {
    document.cookie = "_fbp=fb.1.2.3";
    expect(await arrive(path)).toEqual([]);
  });

  it.each(["fbclid", "wbraid", "msclkid", "kwai_click_id", "ScCid"])(
    "is told of %s",
    async (name) => {
      document.cookie = "_fbp=fb.1.2.3";
      expect(await arrive(`/?a=1&${name}=x`)).toHaveLength(1);
    },
  );

  it("is not told of who refuses", async () => {
    expect(await arrive(`/?pista=${TOKEN}`, null)).toEqual([]);
    expect(location.search).toBe(`?pista=${TOKEN}`);
  });

  it.each([
    [`/?pista=${TOKEN}`, "/"],
    [`/?pista=${TOKEN}&a=1`, "/?a=1"],
    [`/?a=1&pista=${TOKEN}&b=2#x?pista=${TOKEN}`, `/?a=1&b=2#x?pista=${TOKEN}`],
  ])("cleans %s", async (href, clean) => {
    const { cleaned } = await import("./main");
    expect(cleaned(href)).toBe(clean);
  });
});
