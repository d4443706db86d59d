/** Statements that read an export, for the programs that people load it into. */
import type { ExportFormat, ExportTarget } from "../../api/model";

export const WAREHOUSES = ["duckdb", "bigquery", "snowflake", "spark"] as const;
type Warehouse = (typeof WAREHOUSES)[number];

interface Place {
  format: ExportFormat;
  target: ExportTarget;
  /** The part of the path that Pista decides. */
  below: string;
}

const ENDING: Record<ExportFormat, string> = {
  parquet: "parquet",
  csv: "csv.gz",
  ndjson: "ndjson.gz",
};

export function loading(warehouse: Warehouse, place: Place): string {
  switch (warehouse) {
    case "duckdb":
      return duckdb(place);
    case "bigquery":
      return bigquery(place);
    case "snowflake":
      return snowflake(place);
    case "spark":
      return spark(place);
  }
}

function pathOf({ target, below }: Place): string {
  return target === "s3" ? `s3://BUCKET/${below}` : `data/exports/${below}`;
}

function duckdb(place: Place): string {
  const read = { parquet: "read_parquet", csv: "read_csv", ndjson: "read_json" };
  const files = `${pathOf(place)}/*/part-*.${ENDING[place.format]}`;
  return `select date, event_type, sum(count) as events
from ${read[place.format]}('${files}', hive_partitioning = true)
where bot = ''
group by all
order by all;`;
}

function bigquery({ format, below }: Place): string {
  const options = {
    parquet: "format = 'PARQUET',",
    csv: "format = 'CSV', compression = 'GZIP', skip_leading_rows = 1,\n  allow_quoted_newlines = true,",
    ndjson: "format = 'NEWLINE_DELIMITED_JSON', compression = 'GZIP',",
  };
  return `create or replace external table pista.events
with partition columns (date date)
options (
  ${options[format]}
  uris = ['gs://BUCKET/${below}/*.${ENDING[format]}'],
  hive_partition_uri_prefix = 'gs://BUCKET/${below}'
);`;
}

function snowflake({ format, below }: Place): string {
  const types = {
    parquet: "type = parquet use_logical_type = true",
    csv: "type = csv parse_header = true field_optionally_enclosed_by = '\"'",
    ndjson: "type = json",
  };
  const ending = ENDING[format].replaceAll(".", "[.]");
  return `create or replace table events (
  event_id text, tenant_id text, site_id text, event_type text, visitor_id text,
  session_id text, occurred_at timestamp_ntz, received_at timestamp_ntz, count number,
  sampling_rate float, corrected boolean, metadata text, host text, path text,
  referrer text, channel text, utm_source text, utm_medium text, utm_campaign text,
  utm_term text, utm_content text, click_id text, browser text, os text, device text,
  country text, ip text, bot text
);

create or replace stage pista_events
  url = 's3://BUCKET/${below}/'
  storage_integration = YOUR_INTEGRATION;

copy into events from @pista_events
  pattern = '.*[.]${ending}'
  file_format = (${types[format]})
  match_by_column_name = case_insensitive;`;
}

function spark(place: Place): string {
  const path = pathOf(place).replace("s3://", "s3a://");
  const read = {
    parquet: `spark.read.parquet("${path}")`,
    csv: `spark.read.csv("${path}", header=True, multiLine=True, escape='"')`,
    ndjson: `spark.read.json("${path}")`,
  };
  return `events = ${read[place.format]}
events.where("bot = ''").groupBy("date", "event_type").sum("count").show()`;
}
