import { describe, expect, it } from "vitest";

import { hostOf, problemWith, tidied } from "./domains";

describe("the host in what somebody typed", () => {
  it.each([
    ["tienda.com", "tienda.com"],
    [" WWW.Tienda.COM ", "www.tienda.com"],
    ["https://tienda.com/ofertas?x=1", "tienda.com"],
    ["tienda.com:8080", "tienda.com"],
    ["*.tienda.com", "tienda.com"], // sub-domains are included anyway
    ["tienda.com.", "tienda.com"],
    ["peluquería.es", "xn--peluquera-n5a.es"],
    ["localhost", "localhost"],
    ["127.0.0.1", "127.0.0.1"],
    ["*", "*"],
    ["tienda", null],
    ["-tienda.com", null],
    ["tienda..com", null],
    ["mi tienda.com", null],
    ["ana@tienda", null],
    ["", null],
  ])("%s is %s", (text, host) => {
    expect(hostOf(text)).toBe(host);
  });
});

describe("a list of domains", () => {
  it.each([
    [["tienda.com"], null],
    [["*"], null],
    [[], { kind: "missing" }],
    [["tienda.com", "no!"], { kind: "wrong", domain: "no!" }],
    [["*", "tienda.com"], { kind: "star_alone" }],
  ])("%j has the problem %j", (domains, problem) => {
    expect(problemWith(domains)).toEqual(problem);
  });

  it("names each domain once and keeps mistakes to be corrected", () => {
    expect(tidied(["https://a.com/", "A.com", "no!"])).toEqual(["a.com", "no!"]);
  });
});
