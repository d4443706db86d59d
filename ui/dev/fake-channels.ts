/** Numbers and bots for the fake Pista, with what the platforms say of them. */
import type {
  ChangeChannel,
  Channel,
  ChannelCheck,
  CheckItem,
  MadeChannel,
  NewTelegram,
  NewWhatsApp,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeChannels {
  items: Channel[];
  checks: Record<string, ChannelCheck>;
  /** What was asked to be connected. */
  connected: string[];
}

const PATH = "/api/chat/channels";
const HOST = "https://pista.aurora.example";
const VERIFY = "verify-me-once";

export function makeChannel(changes: Partial<Channel> = {}): Channel {
  const platform = changes.platform ?? "whatsapp";
  const path =
    platform === "whatsapp" ? "/api/chat/webhook" : "/api/telegram/webhook/7000000001";
  return {
    id: crypto.randomUUID(),
    platform,
    externalId: platform === "whatsapp" ? "106540352242922" : "7000000001",
    accountId: platform === "whatsapp" ? "102290129340398" : null,
    name: platform === "whatsapp" ? "Aurora Ventas" : "Aurora Bot",
    display: platform === "whatsapp" ? "+55 11 91234-5678" : "@aurora_bot",
    enabled: true,
    hasToken: true,
    hasVerifyToken: platform === "whatsapp",
    secrets: 1,
    heldUntil: null,
    heldReason: null,
    createdAt: "2025-11-02T12:00:00Z",
    lastReceivedAt: "2025-11-29T15:00:00Z",
    webhookUrl: `${HOST}${path}`,
    ...changes,
  };
}

export function makeItem(changes: Partial<CheckItem> = {}): CheckItem {
  return {
    step: "token",
    finding: "ok",
    toDo: "none",
    text: null,
    expected: null,
    found: null,
    ...changes,
  };
}

export function makeCheck(changes: Partial<ChannelCheck> = {}): ChannelCheck {
  return {
    state: "ok",
    checkedAt: "2025-11-29T15:01:00Z",
    who: "Aurora Cosméticos",
    display: "+55 11 91234-5678",
    quality: "GREEN",
    items: [
      makeItem(),
      makeItem({ step: "secret" }),
      makeItem({ step: "address", found: `${HOST}/api/chat/webhook` }),
      makeItem({ step: "subscribed", found: "Pista" }),
      makeItem({ step: "received", found: "2025-11-29T15:00:00Z" }),
    ],
    ...changes,
  };
}

export function makeChannels(changes: Partial<FakeChannels> = {}): FakeChannels {
  return {
    items: [
      makeChannel({ id: "wa" }),
      makeChannel({
        id: "tg",
        platform: "telegram",
        enabled: false,
        lastReceivedAt: null,
      }),
    ],
    checks: {},
    connected: [],
    ...changes,
  };
}

/** Undefined if the path is no one's here. */
export function channels(state: FakeChannels, request: Request): Answer | undefined {
  const { method, path, body } = request;
  if (path === PATH) return { status: 200, body: { items: state.items } };
  if (!path.startsWith(`${PATH}/`)) return undefined;
  if (method === "POST" && path === `${PATH}/whatsapp`) {
    return addWhatsApp(state, body as NewWhatsApp);
  }
  if (method === "POST" && path === `${PATH}/telegram`) {
    return addTelegram(state, body as NewTelegram);
  }
  return ofChannel(state, request);
}

function addWhatsApp(state: FakeChannels, wanted: NewWhatsApp): Answer {
  if (wanted.token.includes("wrong")) {
    const detail = "WhatsApp says: Invalid OAuth access token.";
    return { status: 422, body: { code: "channel_refused", detail } };
  }
  return add(
    state,
    makeChannel({
      externalId: wanted.phoneNumberId,
      accountId: wanted.accountId ?? null,
      lastReceivedAt: null,
    }),
    VERIFY,
  );
}

function addTelegram(state: FakeChannels, { token }: NewTelegram): Answer {
  const externalId = token.split(":")[0] ?? "";
  const bot = makeChannel({ platform: "telegram", externalId, lastReceivedAt: null });
  return add(state, bot, null);
}

function add(state: FakeChannels, channel: Channel, verifyToken: string | null): Answer {
  state.items.push(channel);
  const made: MadeChannel = { ...channel, verifyToken };
  return { status: 201, body: made };
}

function ofChannel(state: FakeChannels, { method, path, body }: Request): Answer {
  const [id = "", what] = path.slice(PATH.length + 1).split("/");
  const channel = state.items.find((one) => one.id === id);
  if (channel === undefined) {
    return { status: 404, body: { code: "channel_not_found" } };
  }
  switch (`${method} ${what ?? ""}`) {
    case "POST check":
      return { status: 200, body: state.checks[id] ?? makeCheck() };
    case "POST connect":
      state.connected.push(id);
      state.checks[id] = makeCheck();
      return { status: 200, body: makeCheck() };
    case "POST verify-token":
      return { status: 200, body: { verifyToken: "verify-me-again" } };
    case "POST secrets":
      channel.secrets += 1;
      return { status: 200, body: channel };
    case "DELETE secrets":
      channel.secrets -= 1;
      return { status: 200, body: channel };
    case "PATCH ":
      change(channel, body as ChangeChannel);
      return { status: 200, body: channel };
    default:
      state.items = state.items.filter((one) => one !== channel);
      return { status: 204, body: undefined };
  }
}

function change(channel: Channel, { enabled, name, accountId }: ChangeChannel): void {
  if (enabled !== undefined) channel.enabled = enabled;
  if (name !== undefined) channel.name = name;
  if (accountId !== undefined) channel.accountId = accountId;
}
