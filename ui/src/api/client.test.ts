import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";

import { fail, server } from "../test/server";
import { api, ApiError, whenSessionIsOver, withQuery } from "./client";

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error("No ApiError was thrown.");
  return error;
}

describe("an error of the server", () => {
  it("keeps its status and its code", async () => {
    fail("/api/sites", 409, "domain_taken");
    const error = await errorOf(api.get("/api/sites"));
    expect(error).toMatchObject({
      status: 409,
      code: "domain_taken",
      needsSignIn: false,
    });
  });

  it.each([
    ["not_signed_in", true],
    ["invalid_credentials", false],
  ])("with 401 and %s asks to sign in: %s", async (code, expected) => {
    const over = vi.fn();
    whenSessionIsOver(over);
    fail("/api/me", 401, code);
    expect((await errorOf(api.get("/api/me"))).needsSignIn).toBe(expected);
    expect(over).toHaveBeenCalledTimes(expected ? 1 : 0);
  });

  it("may come from a proxy that speaks HTML", async () => {
    server.use(
      http.get("*/api/me", () => HttpResponse.html("<h1>Bad</h1>", { status: 502 })),
    );
    expect(await errorOf(api.get("/api/me"))).toMatchObject({
      status: 502,
      code: "http_502",
    });
  });

  it("has no status when nobody answered", async () => {
    server.use(http.get("*/api/me", () => HttpResponse.error()));
    expect(await errorOf(api.get("/api/me"))).toMatchObject({
      status: 0,
      code: "unreachable",
    });
  });
});

describe("an answer", () => {
  it("without content is undefined", async () => {
    server.use(http.post("*/api/logout", () => new HttpResponse(null, { status: 204 })));
    expect(await api.post("/api/logout")).toBeUndefined();
  });
});

describe("a query", () => {
  it("holds what is known and escapes it", () => {
    expect(withQuery("/x", { from: "a&b", siteId: undefined })).toBe("/x?from=a%26b");
    expect(withQuery("/x", { siteId: undefined })).toBe("/x");
  });
});
