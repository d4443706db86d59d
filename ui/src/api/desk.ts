/** The lead desk's shapes, until the server describes them. */

export type Status = "nuevo" | "derivado" | "en_gestion" | "terminado" | "no_gestionado";

export interface DeskPerson {
  id: string;
  name: string;
}

export interface ClienteLock {
  holder: DeskPerson;
  since: string;
  expires_at: string;
}

export interface Cliente {
  id: number;
  nombre: string;
  telefono: string | null;
  email: string | null;
  contact_id: string | null;
  campaign: string | null;
  source: string;
  seguimiento_status: Status;
  asesor_asignado: string | null;
  asesor_nombre: string | null;
  created_at: string;
  derivado_at: string | null;
  opened_at: string | null;
  last_activity: string | null;
  due_at: string | null;
  fecha_wizard_completado: string | null;
  wizard_completado: boolean;
  returns: number;
  version: number;
  notas: string | null;
  outcome: string | null;
  next_action: string | null;
  next_action_at: string | null;
  state_since: string;
  lock: ClienteLock | null;
}

export interface Clientes {
  items: Cliente[];
  next: string | null;
}

export interface NewCliente {
  nombre: string;
  telefono?: string;
  email?: string;
  campaign?: string;
  source?: string;
  notas?: string;
}

export interface HistoryLine {
  id: number;
  move: string;
  from: Status | null;
  to: Status;
  at: string;
  seconds: number;
  by: { kind: "user" | "key" | "system"; person: DeskPerson | null };
  asesorBefore: DeskPerson | null;
  asesorAfter: DeskPerson | null;
  why: string | null;
  dueAt: string | null;
}

export interface ClienteHistory {
  items: HistoryLine[];
  next: string | number | null;
}

export interface DeskLease {
  lockToken: string;
  holder: DeskPerson;
  expiresAt: string;
  leaseSeconds: number;
}

export interface Beat {
  expiresAt: string | null;
  last_activity: string | null;
  due_at: string | null;
}

export type Answers = Record<string, unknown>;

export interface WizardDraft {
  answers: Answers;
  revision: number;
  updatedAt: string | null;
}

export interface Completion {
  outcome?: string | null;
  nextAction?: string | null;
  nextActionAt?: string | null;
  notas?: string | null;
  answers?: Answers;
}

export interface Assigned {
  undo: string | null;
  items: { id: number; ok: boolean; code?: string | null }[];
}

export type DeskCounts = Record<Status, number>;

export type PresenceState = "available" | "paused" | "away";

export interface Asesor {
  id: string;
  name: string;
  role: "admin" | "gtr" | "asesor";
  present: boolean;
  state: PresenceState;
  reason: string | null;
  since: string | null;
  derivado: number;
  enGestion: number;
}

export interface Asesores {
  items: Asesor[];
}

export interface OpenHours {
  day: number;
  opens: string;
  closes: string;
}

export type FieldKind =
  | "text"
  | "long_text"
  | "number"
  | "date"
  | "choice"
  | "choices"
  | "yes_no"
  | "phone"
  | "email";

export interface WizardField {
  id: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  choices: string[];
}

export interface WizardStep {
  id: string;
  title: string;
  fields: WizardField[];
}

export interface DeskSettings {
  limitSeconds: number;
  warningSeconds: number;
  hours: OpenHours[];
  wizard: WizardStep[];
  outcomes: string[];
  timeZone: string;
}
