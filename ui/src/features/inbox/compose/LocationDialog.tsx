import { Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { SendMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { spotOf } from "./place";

interface DialogProps {
  onClose: () => void;
  onSend: (body: SendMessage, label: string) => void;
}

/** A place, by its coordinates or by what a map gave to copy. */
export function LocationDialog({ onClose, onSend }: DialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("inbox.sendLocation")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Form onSend={onSend} onClose={onClose} />
    </Modal>
  );
}

function Form({ onSend, onClose }: DialogProps) {
  const { t } = useSpeech();
  const [map, setMap] = useState("");
  const [latitude, setLatitude] = useState<number>();
  const [longitude, setLongitude] = useState<number>();
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const complete = latitude !== undefined && longitude !== undefined;

  function read(text: string): void {
    setMap(text);
    const spot = spotOf(text);
    if (spot === undefined) return;
    setLatitude(spot.latitude);
    setLongitude(spot.longitude);
  }
  function send(): void {
    if (!complete) return;
    const called = name.trim() === "" ? {} : { name: name.trim() };
    const at = address.trim() === "" ? {} : { address: address.trim() };
    onSend(
      { type: "location", location: { latitude, longitude, ...called, ...at } },
      name.trim() || address.trim() || t("inbox.kind.location"),
    );
    onClose();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t("inbox.place.map")}
          description={t("inbox.place.mapHint")}
          error={map.trim() !== "" && !spotOf(map) ? t("inbox.place.noSpot") : undefined}
          value={map}
          onChange={(event) => read(event.currentTarget.value)}
        />
        <Group grow>
          <Degrees
            label={t("inbox.place.latitude")}
            most={90}
            value={latitude}
            onChange={setLatitude}
          />
          <Degrees
            label={t("inbox.place.longitude")}
            most={180}
            value={longitude}
            onChange={setLongitude}
          />
        </Group>
        <TextInput
          label={t("inbox.place.name")}
          maxLength={1_000}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("inbox.place.address")}
          maxLength={1_000}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!complete}>
            {t("inbox.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DegreesProps {
  label: string;
  most: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

function Degrees({ label, most, value, onChange }: DegreesProps) {
  return (
    <NumberInput
      label={label}
      min={-most}
      max={most}
      decimalScale={7}
      hideControls
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}
