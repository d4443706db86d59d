import { describe, expect, it } from "vitest";

import { loading, WAREHOUSES } from "./loading";

const place = { format: "parquet", target: "folder", below: "T/events" } as const;

describe("a statement to load an export", () => {
  it.each(WAREHOUSES)("for %s names the place and the kind of file", (warehouse) => {
    const texts = (["parquet", "csv", "ndjson"] as const).map((format) =>
      loading(warehouse, { ...place, format }),
    );
    for (const text of texts) expect(text).toContain("T/events");
    expect(new Set(texts).size).toBe(3);
  });

  it("reads the bucket if that is where it goes", () => {
    expect(loading("duckdb", place)).toContain("data/exports/T/events/*/part-*.parquet");
    expect(loading("duckdb", { ...place, target: "s3" })).toContain(
      "s3://BUCKET/T/events/",
    );
    expect(loading("spark", { ...place, target: "s3" })).toContain(
      "s3a://BUCKET/T/events",
    );
  });

  it("passes the manifests over", () => {
    expect(loading("bigquery", { ...place, format: "ndjson" })).toContain(
      "/*.ndjson.gz'",
    );
    expect(loading("snowflake", { ...place, format: "csv" })).toContain(
      "pattern = '.*[.]csv[.]gz'",
    );
  });
});
