import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { goOnExporting, makeExport, makeExports } from "../../../dev/fake-exports";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/exports";
const panel = async (name: string) => within(await screen.findByRole("region", { name }));
const rows = async () => (await panel("Made so far")).getAllByRole("listitem");

describe("exports", () => {
  it("shows the daily one and those that were made", async () => {
    serve(makeState());
    open(PATH);

    const daily = await panel("Daily export");
    expect(daily.getByRole("switch", { name: "On" })).toBeChecked();
    expect(daily.getByText("Exported up to Nov 29, 2025.")).toBeVisible();
    expect(await rows()).toHaveLength(4);
    expect(screen.getByText(/By the daily export/)).toBeVisible();
    expect(screen.getByText(/the key may not write/)).toBeVisible();
    await expectAccessible();
  });

  it("moves by itself until it is done", async () => {
    const exports = makeExports({
      items: [makeExport({ state: "running", to: "2025-11-03", daysDone: 2 })],
    });
    serve(makeState({ exports }));
    open(PATH);

    expect(await screen.findByText("2 of 3 days")).toBeVisible();
    goOnExporting(exports);
    expect(await screen.findByText("Done")).toBeVisible();
    expect(screen.getByRole("button", { name: /3 files/ })).toBeVisible();
  });

  it("hands out the files of a day each", async () => {
    const exports = makeExports({ items: [makeExport({ id: "e1", to: "2025-11-02" })] });
    serve(makeState({ exports }));
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: /2 files/ }));

    const file = await screen.findByRole("link", { name: "part-2025-11-02.parquet" });
    expect(file).toHaveAttribute(
      "href",
      "/api/exports/e1/files/part-2025-11-02.parquet",
    );
    await expectAccessible();
  });

  it("has no links to what lies in a bucket", async () => {
    const exports = makeExports({
      items: [makeExport({ target: "s3", to: "2025-11-02" })],
    });
    serve(makeState({ exports }));
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: /2 files/ }));

    expect(await screen.findByText("These files are in the bucket.")).toBeInTheDocument();
    expect(screen.getByText("part-2025-11-02.parquet")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: /part-/ })).not.toBeInTheDocument();
  });

  it("takes days, format and target", async () => {
    const state = makeState({ exports: makeExports({ items: [] }) });
    serve(state);
    const { user } = open(PATH);

    const form = await panel("Export now");
    expect(screen.getByText("There are no exports yet")).toBeVisible();
    await user.clear(form.getByLabelText("From"));
    await user.type(form.getByLabelText("From"), "2025-10-01");
    await user.clear(form.getByLabelText("To"));
    await user.type(form.getByLabelText("To"), "2025-09-01");
    expect(form.getByText(/Choose 1 to 3,660 days/)).toBeVisible();
    expect(form.getByRole("button", { name: "Export" })).toBeDisabled();
    await user.clear(form.getByLabelText("To"));
    await user.type(form.getByLabelText("To"), "2025-10-02");
    await user.click(form.getByRole("combobox", { name: "Format" }));
    await user.click(await screen.findByRole("option", { name: "CSV (gzip)" }));
    await user.click(form.getByRole("radio", { name: "S3 bucket" }));
    await user.click(form.getByRole("button", { name: "Export" }));

    expect(await screen.findByText(/begins in a moment/)).toBeVisible();
    expect(state.exports.items[0]).toMatchObject({
      from: "2025-10-01",
      to: "2025-10-02",
      format: "csv",
      target: "s3",
    });
    expect(await rows()).toHaveLength(1);
  });

  it("is cancelled and tried again", async () => {
    const exports = makeExports({
      items: [makeExport({ state: "running", daysDone: 1 })],
    });
    const asked = serve(makeState({ exports }));
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: /^Cancel the export/ }));
    expect(await screen.findByText("Cancelled")).toBeVisible();
    await user.click(await screen.findByRole("button", { name: /^Try the export/ }));

    expect(await screen.findByText("Waiting")).toBeVisible();
    expect(asked.filter((one) => one.startsWith("POST"))).toHaveLength(2);
  });

  it("sets the daily export", async () => {
    const state = makeState({ exports: makeExports({ schedule: null }) });
    serve(state);
    const { user } = open(PATH);

    const form = await panel("Daily export");
    await user.click(form.getByRole("switch", { name: "On" }));
    await user.clear(form.getByLabelText("Folder"));
    await user.type(form.getByLabelText("Folder"), "requested/x");
    expect(form.getByText(/may not begin with/)).toBeVisible();
    await user.clear(form.getByLabelText("Folder"));
    await user.type(form.getByLabelText("Folder"), "warehouse/pista");
    await user.click(form.getByRole("combobox", { name: "Time" }));
    await user.click(await screen.findByRole("option", { name: "05:00" }));
    await user.click(form.getByRole("button", { name: "Save" }));

    await waitFor(() =>
      expect(state.exports.schedule).toMatchObject({
        enabled: true,
        prefix: "warehouse/pista",
        hour: 5,
      }),
    );
    expect(await screen.findByText("No day has been exported yet.")).toBeVisible();
  });

  it("says what went wrong with the daily one, and how to get a bucket", async () => {
    const exports = makeExports({ s3Configured: false });
    if (exports.schedule !== null) exports.schedule.lastError = "The disk is full.";
    serve(makeState({ exports }));
    open(PATH);

    expect(await screen.findByText("The disk is full.")).toBeVisible();
    expect(screen.getAllByText(/set PISTA_S3_BUCKET/)).toHaveLength(2);
    for (const choice of screen.getAllByRole("radio", { name: "S3 bucket" })) {
      expect(choice).toBeDisabled();
    }
  });

  it("has statements to copy for each warehouse", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "BigQuery" }));

    const code = await screen.findByRole("region", { name: "Statement for BigQuery" });
    expect(code).toHaveTextContent("hive_partition_uri_prefix");
    await expectAccessible();
  });

  it("tells why no more can be asked for", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);
    const send = await screen.findByRole("button", { name: "Export" });

    fail("/api/exports", 409, "too_many_exports");
    await user.click(send);

    expect(await screen.findByText(/Ten exports are under way/)).toBeVisible();
  });
});
