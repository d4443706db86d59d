import { expect, it } from "vitest";

import type { AuditLine } from "../../api/model";
import { translator } from "../../lib/i18n";
import { subjectOf, tellDetails } from "./details";

function line(action: AuditLine["action"], details: Record<string, string>): AuditLine {
  return {
    id: 1,
    at: "2026-03-14T12:00:00Z",
    actorKind: "user",
    actorId: "u1",
    actorName: "Ana",
    action,
    subjectId: null,
    subjectName: "x",
    details,
    requestId: null,
  };
}

it.each([
  [line("role_changed", { from: "asesor", to: "gtr" }), "Asesoría → Supervisión (GTR)"],
  [line("user_renamed", { from: "admin", to: "True" }), "admin → True"],
  [line("user_invited", { role: "admin" }), "Rol: Administración"],
  [
    line("key_created", { scopes: "stats:read, admin" }),
    "Puede: Leer las estadísticas, Todo lo que puede la administración",
  ],
  [
    line("company_changed", { name: "admin", require_second_factor: "True" }),
    "Nombre: admin · Segundo factor obligatorio: sí",
  ],
  [line("company_changed", { store_ip: "False" }), "Guardar direcciones IP: no"],
  [
    line("site_changed", { form_contacts: "True", form_basis: "consent" }),
    /^Los formularios crean contactos: sí · Base legal: [^c]/,
  ],
  [line("site_changed", { form_contacts: "False", form_basis: "" }), /: no$/],
  [line("sessions_ended", { count: "3" }), "Cantidad: 3"],
  [line("sale_made", { amount: "12.50 BRL" }), "Importe: 12.50 BRL"],
  [line("erasure_asked", { erased: "contact" }), /^Qué: un contacto$/],
  [line("erasure_asked", { erased: "visitor" }), /: un visitante$/],
  [
    line("destination_changed", {
      platform: "meta",
      changed: "secrets, enabled, tomorrow",
    }),
    /Cambió: los secretos, Encendido, tomorrow$/,
  ],
  [line("sampling_changed", { sampling_rate: "50 %" }), "Se guarda: 50 %"],
  [line("export_asked", { from: "2026-03-01", to: "2026-03-02" }), /-01 → 2026-03-02$/],
  [line("channel_changed", { sending: "resumed" }), "Envío: reanudado"],
  // Of a newer server: better raw than not at all.
  [line("site_changed", { of_tomorrow: "42" }), "of_tomorrow: 42"],
])("details are told in the reader's language", (one, expected) => {
  expect(tellDetails(translator("es"), one).join(" · ")).toMatch(expected);
});

it("calls a queue what its own screen calls it, and nothing else", () => {
  const t = translator("es");
  const paused = { ...line("queue_paused", {}), subjectName: "message" };

  expect(subjectOf(t, paused)).toBe("Mensajes");
  expect(subjectOf(t, { ...paused, action: "site_changed" })).toBe("message");
});

it.each([
  ["settings_changed", "desk", /^Leads$/],
  ["settings_changed", "attribution", /^Atribución$/],
  ["month_removed", "2026-03", /^2026-03$/],
] as const)("names what %s of %s was about", (action, subjectName, expected) => {
  const told = { ...line(action, {}), subjectName };

  expect(subjectOf(translator("es"), told)).toMatch(expected);
});
