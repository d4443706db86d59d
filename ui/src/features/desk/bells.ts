/** Sounds and the browser's notifications: off until somebody asks for them. */
import { useCallback, useState } from "react";

const SOUND = "pista.desk.sound";
const NOTES = "pista.desk.notifications";

export interface Bells {
  sound: boolean;
  notes: boolean;
  setSound: (on: boolean) => void;
  /** Asks the browser first; it stays off where the person or the browser says no. */
  setNotes: (on: boolean) => void;
  /** The browser lets no page of this server notify. */
  denied: boolean;
  ring: (title: string, tag: string) => void;
}

function canNotify(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}

export function useBells(): Bells {
  const [sound, keepSound] = useState(() => localStorage.getItem(SOUND) === "on");
  const [notes, keepNotes] = useState(
    () => localStorage.getItem(NOTES) === "on" && canNotify(),
  );
  const [denied, setDenied] = useState(false);

  function setSound(on: boolean): void {
    localStorage.setItem(SOUND, on ? "on" : "off");
    keepSound(on);
    if (on) beep();
  }

  async function askNotes(on: boolean): Promise<void> {
    if (on && "Notification" in window && Notification.permission === "default") {
      await Notification.requestPermission();
    }
    const allowed = on && canNotify();
    localStorage.setItem(NOTES, allowed ? "on" : "off");
    keepNotes(allowed);
    setDenied(on && !allowed);
  }

  const ring = useCallback(
    (title: string, tag: string) => {
      if (sound) beep();
      // Whoever looks at the screen sees it.
      if (notes && document.visibilityState !== "visible") {
        new Notification(title, { tag: `pista-desk-${tag}` });
      }
    },
    [sound, notes],
  );
  return { sound, notes, setSound, setNotes: (on) => void askNotes(on), denied, ring };
}

let audio: AudioContext | undefined;

/** Two short tones, made here: there is no file to fetch. */
function beep(): void {
  if (!("AudioContext" in window)) return;
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = start + index * 0.14;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(0.15, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.13);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.14);
  }
}
