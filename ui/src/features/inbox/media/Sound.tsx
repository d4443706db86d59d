import { ActionIcon, Button } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useRef, useState } from "react";

import { useSpeech } from "../../../lib/i18n";
import classes from "./Media.module.css";
import { playingTime } from "./playing";

const SPEEDS = [1, 1.5, 2] as const;

interface SoundProps {
  src: string;
  /** As the platform told it, until the file says it itself. */
  seconds?: number | undefined;
  name: string;
  onError: () => void;
}

/** One voice at a time. */
let playing: HTMLAudioElement | undefined;

/** A voice or another sound: played, stopped, gone through by keys, and heard faster. */
export function Sound({ src, seconds, name, onError }: SoundProps) {
  const { t, number } = useSpeech();
  const audio = useRef<HTMLAudioElement>(null);
  const [plays, setPlays] = useState(false);
  const [at, setAt] = useState(0);
  const [known, setKnown] = useState(seconds);
  const [speed, setSpeed] = useState<number>(SPEEDS[0]);
  const length = known ?? 0;

  function toggle(): void {
    const sound = audio.current;
    if (sound === null) return;
    if (!sound.paused) {
      sound.pause();
      return;
    }
    if (playing !== sound) playing?.pause();
    playing = sound;
    sound.playbackRate = speed;
    // A file that is not here says so by its own error.
    sound.play().catch(() => setPlays(false));
  }

  function seek(to: number): void {
    setAt(to);
    if (audio.current !== null) audio.current.currentTime = to;
  }

  function faster(): void {
    const next =
      SPEEDS[(SPEEDS.findIndex((one) => one === speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current !== null) audio.current.playbackRate = next;
  }

  return (
    <div className={classes.sound} role="group" aria-label={name}>
      <audio
        ref={audio}
        src={src}
        preload={seconds === undefined ? "metadata" : "none"}
        onPlay={() => setPlays(true)}
        onPause={() => setPlays(false)}
        onEnded={() => seek(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setKnown(duration);
        }}
        onError={onError}
      >
        <track kind="captions" />
      </audio>
      <ActionIcon
        variant="filled"
        radius="xl"
        size={34}
        aria-label={t(plays ? "inbox.pause" : "inbox.play")}
        onClick={toggle}
      >
        {plays ? (
          <IconPlayerPauseFilled size={16} aria-hidden="true" />
        ) : (
          <IconPlayerPlayFilled size={16} aria-hidden="true" />
        )}
      </ActionIcon>
      <input
        type="range"
        className={classes.seek}
        aria-label={t("inbox.seek")}
        aria-valuetext={t("inbox.playedOf", {
          at: playingTime(at),
          length: playingTime(length),
        })}
        min={0}
        max={Math.max(length, 1)}
        step={1}
        value={Math.min(Math.floor(at), Math.max(length, 1))}
        onChange={(event) => seek(Number(event.currentTarget.value))}
      />
      <span className={classes.time} aria-hidden="true">
        {playingTime(plays || at > 0 ? at : length)}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        className={classes.speed}
        aria-label={t("inbox.speed", { speed: number(speed) })}
        onClick={faster}
      >
        {number(speed)}×
      </Button>
    </div>
  );
}
