import { describe, expect, it } from "vitest";

import {
  addDays,
  dayIn,
  daysBetween,
  isDay,
  showBucket,
  showDuration,
  showMoment,
  showTime,
  startOfDay,
  timeZones,
  zoneCity,
  zoneOffset,
} from "./time";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("the tenant's day", () => {
  it.each([
    ["America/Sao_Paulo", "2025-11-30T02:59:59Z", "2025-11-29"],
    ["America/Sao_Paulo", "2025-11-30T03:00:00Z", "2025-11-30"],
    ["UTC", "2025-11-30T23:59:59Z", "2025-11-30"],
    ["Pacific/Kiritimati", "2025-12-31T10:00:00Z", "2026-01-01"], // fourteen hours ahead
    ["Asia/Kathmandu", "2025-11-30T18:15:00Z", "2025-12-01"], // a zone of 45 minutes
  ])("%s at %s is %s", (zone, moment, day) => {
    expect(dayIn(zone, new Date(moment))).toBe(day);
  });

  it.each([
    ["2025-03-01", -1, "2025-02-28"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2025-12-31", 1, "2026-01-01"],
    ["2025-10-26", 1, "2025-10-27"], // clocks change in Europe; days don't
  ])("%s and %i days is %s", (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  it.each([
    ["2025-11-30", true],
    ["2025-02-30", false],
    ["2025-13-01", false],
    ["30/11/2025", false],
    [20251130, false],
    [undefined, false],
  ])("%s is a day: %s", (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});

describe("moments as they are read", () => {
  it("are in the tenant's zone, not the browser's", () => {
    expect(showTime("es", "America/Bogota", "2025-11-30T15:07:00Z")).toBe("10:07");
    expect(showTime("es", "Europe/Madrid", "2025-11-30T15:07:00Z")).toBe("16:07");
  });

  it("are written as the language writes them", () => {
    const moment = "2025-11-30T15:07:00Z";
    expect(plain(showMoment("es", "UTC", moment))).toBe("30 nov 2025, 15:07");
    expect(plain(showMoment("pt-BR", "UTC", moment))).toBe("30 de nov. de 2025, 15:07");
    expect(plain(showMoment("en", "UTC", moment))).toBe("Nov 30, 2025, 3:07 PM");
  });

  it.each([
    ["hour", "21:00"],
    ["day", "30 nov"],
    ["week", "30 nov"],
    ["month", "nov 25"],
  ] as const)("a %s under an axis is %s", (granularity, expected) => {
    const shown = showBucket(
      "es",
      "America/Sao_Paulo",
      granularity,
      "2025-11-30T21:00:00-03:00",
      "short",
    );
    expect(plain(shown)).toBe(expected);
  });
});

describe("a length of time", () => {
  it.each([
    [0, "0 s"],
    [0.42, "0,4 s"],
    [59.4, "59 s"],
    [60, "1 min"],
    [3_725, "1 h 2 min"],
    [86_400 + 59, "1 d"], // seconds beside a day say nothing
    [93_600, "1 d 2 h"],
  ])("of %d seconds is %s", (seconds, expected) => {
    expect(plain(showDuration("es", seconds))).toBe(expected);
    expect(plain(showDuration("es-PE", seconds))).toBe(expected);
  });
});

describe("zones", () => {
  it("have a city and a distance from UTC that follows the season", () => {
    expect(zoneCity("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(zoneOffset("Europe/Madrid", new Date("2025-07-01"))).toBe("GMT+2");
    expect(zoneOffset("Europe/Madrid", new Date("2025-12-01"))).toBe("GMT+1");
  });

  it.each([
    ["America/Lima", "2025-11-22", "2025-11-22T05:00:00.000Z"],
    ["Asia/Tokyo", "2025-11-22", "2025-11-21T15:00:00.000Z"],
    ["Europe/Madrid", "2025-03-30", "2025-03-29T23:00:00.000Z"], // put forward at two
    ["Europe/Madrid", "2025-10-26", "2025-10-25T22:00:00.000Z"], // put back at three
    ["America/Santiago", "2025-04-06", "2025-04-06T04:00:00.000Z"], // put back at midnight
    ["America/Santiago", "2025-09-07", "2025-09-07T04:00:00.000Z"], // put forward at midnight
  ])("begin a day: %s, %s", (zone, day, moment) => {
    expect(startOfDay(zone, day)).toBe(moment);
  });

  it("include the one in use", () => {
    expect(timeZones("Etc/GMT+3")).toContain("Etc/GMT+3");
    expect(timeZones("UTC").filter((zone) => zone === "UTC")).toHaveLength(1);
  });
});
